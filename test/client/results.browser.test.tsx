import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadWords } from '../../src/client/i18n/i18n.ts'
import { findForm, formTitle, responsesOf, saveForm, submitResponse, versionsOf } from '../../src/client/state/forms.ts'
import type { OpenSpace } from '../../src/client/state/openSpace.ts'
import type { AppParts } from '../../src/client/ui/app.ts'
import { AskedCards } from '../../src/client/ui/parts/feedback/AskedCards.tsx'
import { resultsPaper } from '../../src/client/ui/screens/results/resultsPaper.ts'
import type { Answers } from '../../src/core/form/answer.ts'
import type { FormPurpose, FormRecord } from '../../src/core/form/form.ts'
import { newQuestion, type Question } from '../../src/core/form/question.ts'
import { reportInSteps } from '../../src/core/form/report.ts'
import { respond } from '../../src/core/form/response.ts'
import { finish } from '../../src/core/steps.ts'
import { bootApp } from '../support/app.tsx'
import { openEvent, showAt } from '../support/event.tsx'
import { press } from '../support/hands.ts'
import { faultsShown } from './faults.ts'

const start = location.pathname + location.search
let app: AppParts
beforeEach(async () => {
  app = await bootApp()
  await Promise.all(['feedback', 'results', 'fileButtons', 'questions'].map(loadWords))
})
afterEach(() => {
  cleanup()
  history.replaceState(null, '', start)
})

const words = (id: string) => ({ id, en: '' })

async function addForm(
  space: OpenSpace,
  title: string,
  purpose: FormPurpose,
  questions: Question[],
  also: Partial<FormRecord> = {},
): Promise<FormRecord> {
  const id = await saveForm(space, undefined, {
    form: { title: words(title), purpose, open: true, ...also },
    questions,
  })
  const form = findForm(space, id)
  if (!form) throw new Error('no form')
  return form
}
const answer = (space: OpenSpace, form: FormRecord, person: string, answers: Answers) =>
  submitResponse(space, { form, person, answers }, `none-${form.id}-${person}`)

const showResults = (space: OpenSpace, form: FormRecord) =>
  showAt(app, `/kegiatan/${space.id}/umpan-balik/${form.id}/hasil`)

/** The pages of a form, one line per section. */
function printed(space: OpenSpace, form: FormRecord): string[] {
  const event = space.event.value
  if (!event) throw new Error('no event')
  const responses = responsesOf(space, form)
  const report = finish(reportInSteps(form, versionsOf(space), responses))
  const paper = finish(resultsPaper({ space, event, form, responses, report, weight: 'exact' }))
  return [
    paper.form,
    ...paper.questions.map(({ label, bars, rows }) =>
      [label, ...bars.map(({ name, said }) => `${name} ${said}`), ...rows.map((row) => row.join(' '))].join('|'),
    ),
  ]
}

const choices = ['benar', 'salah'].map((name) => ({ name, label: words(name) }))
const test10 = Array.from({ length: 10 }, (_, i): Question => {
  return { ...newQuestion(`q${i}`, 'single'), label: words(`Soal ${i}`), choices, points: 1, right: ['benar'] }
})
/** Answers of which so many are right. */
const right = (count: number): Answers =>
  Object.fromEntries(test10.map(({ name }, i) => [name, i < count ? 'benar' : 'salah']))

describe('tests before and after', () => {
  it('are paired as the post-test says, each pair with its own gain', async () => {
    const { space, ids } = await openEvent(app, [{ name: 'Budi Contoh' }])
    const [person = ''] = ids
    const firstBefore = await addForm(space, 'Pre Pagi', 'preTest', test10)
    const firstAfter = await addForm(space, 'Post Pagi', 'postTest', test10)
    for (const [form, count] of [
      [firstBefore, 5],
      [firstAfter, 9],
    ] as const)
      await answer(space, form, person, right(count))
    let shown = await showResults(space, firstAfter)
    await screen.findByRole('heading', { name: 'Pre Pagi dan Post Pagi' })
    shown.unmount()

    const secondBefore = await addForm(space, 'Pre Siang', 'preTest', test10)
    const secondAfter = await addForm(space, 'Post Siang', 'postTest', test10)
    await answer(space, secondBefore, person, right(0))
    await answer(space, secondAfter, person, right(2))
    for (const [after, before] of [
      [firstAfter, firstBefore],
      [secondAfter, secondBefore],
    ] as const) {
      shown = await showResults(space, after)
      await screen.findByText(/Belum ada pasangan/)
      shown.unmount()
      shown = await showAt(app, `/kegiatan/${space.id}/umpan-balik/${after.id}/ubah`)
      const choice = await screen.findByLabelText<HTMLSelectElement>(/Pre-test pasangannya/)
      expect([...choice.options].map(({ text }) => text)).toEqual([
        'Satu-satunya pre-test kegiatan ini',
        'Pre Pagi',
        'Pre Siang',
      ])
      fireEvent.change(choice, { target: { value: before.id } })
      await press('Simpan')
      await waitFor(() => expect(findForm(space, after.id)?.pairedWith).toBe(before.id))
      shown.unmount()
    }
    for (const [forms, title, gain] of [
      [[firstBefore, firstAfter], 'Pre Pagi dan Post Pagi', '0,80 (tinggi)'],
      [[secondBefore, secondAfter], 'Pre Siang dan Post Siang', '0,20 (rendah)'],
    ] as const)
      for (const form of forms) {
        shown = await showResults(space, form)
        const card = within(await screen.findByRole('region', { name: title }))
        expect(card.getAllByText(gain).length).toBeGreaterThan(0)
        expect(screen.getAllByRole('heading', { name: / dan Post / })).toHaveLength(1)
        shown.unmount()
        expect(printed(space, form).filter((line) => line.includes(' dan Post '))).toEqual([
          expect.stringMatching(new RegExp(`^${title}.*${gain.slice(0, 4)}`)),
        ])
      }
  })
})

const people = ['Budi Contoh', 'Siti Umpama', 'Tono Misal', 'Rini Andai', 'Wati Contoh', 'Dewi Misal']
const rows = ['materi', 'waktu'].map((name) => ({ name, label: words(name) }))
const rated: Question = { ...newQuestion('nilai', 'matrix'), label: words('Nilai'), rows, scale: 4 }
const linesOf = async (name: string) =>
  within(await screen.findByRole('table', { name }))
    .getAllByRole('row')
    .map((row) => [...row.children].map((cell) => cell.textContent).join('|'))

describe('results of many', () => {
  it('follow what comes while they are shown, and draw of a long table its beginning', async () => {
    const [shownRows, count] = [200, 203]
    const names = Array.from({ length: count }, (_, i) => ({ name: `Peserta Contoh ${i}` }))
    const { space, ids } = await openEvent(app, names)
    const before = await addForm(space, 'Pre', 'preTest', test10)
    const after = await addForm(space, 'Post', 'postTest', test10)
    for (const { id, version } of [before, after]) {
      const those = id === after.id ? ids.slice(1) : ids
      await space.commit(those.map((person) => respond({ form: id, version, person, answers: right(5) })))
    }
    await showResults(space, after)
    await screen.findByText(new RegExp(`^${count - 1} jawaban dari`))
    await answer(space, after, ids[0] ?? '', right(9))
    await screen.findByText(new RegExp(`^${count} jawaban dari`))
    const card = within(await screen.findByRole('region', { name: 'Pre dan Post' }))
    expect(card.queryByRole('table')).toBeNull()
    fireEvent.click(card.getByText('Tabel'))
    const table = within(await card.findByRole('table'))
    await waitFor(() => expect(table.getAllByRole('row')).toHaveLength(1 + shownRows))
    await card.findByText(/^dan 3 baris lagi/)
  })
})

describe('evaluations of speakers', () => {
  it('are told apart by name, also where the speaker is unknown, and compared', async () => {
    const { space, ids } = await openEvent(app, [
      ...people.map((name) => ({ name })),
      ...['Sari Pemateri', 'Agus Pemateri'].map((name) => ({ name, roles: ['narasumber' as const] })),
    ])
    const [sari = '', agus = ''] = ids.slice(people.length)
    const about = (speaker: string) => addForm(space, 'Evaluasi', 'speaker', [rated], { speaker })
    const [ofSari, ofAgus, alsoOfAgus] = [await about(sari), await about(agus), await about(agus)]
    expect(ofSari.speakerName).toBe('Sari Pemateri')
    expect(formTitle(space, { ...ofSari, speaker: 'unknown' }, 'id')).toBe('Evaluasi – Sari Pemateri')
    for (const path of ['', `/${ofSari.id}`]) {
      const shown = await showAt(app, `/kegiatan/${space.id}/umpan-balik${path}`)
      await screen.findByRole('heading', { name: 'Evaluasi – Sari Pemateri' })
      shown.unmount()
    }
    const asked = [{ form: ofSari, people: [ids[0] ?? ''] }]
    const cards = render(<AskedCards space={space} asked={asked} onFill={() => undefined} />)
    await screen.findByRole('button', { name: 'Isi Evaluasi – Sari Pemateri' })
    cards.unmount()
    for (const [i, person] of ids.slice(0, 4).entries()) {
      await answer(space, ofSari, person, { nilai: { materi: 4, waktu: i === 0 ? 4 : 2 } })
      await answer(space, ofAgus, person, { nilai: { materi: 3, waktu: 3 } })
    }
    await answer(space, alsoOfAgus, ids[4] ?? '', { nilai: { materi: 1 } })
    await showResults(space, ofSari)
    await screen.findByRole('heading', { level: 1, name: 'Evaluasi – Sari Pemateri' })
    expect(await linesOf('Perbandingan narasumber')).toEqual([
      'Butir|Agus Pemateri|Sari Pemateri',
      'Jawaban|5|4',
      'Semua butir|2,78|3,25',
      'Nilai – materi|2,60|4,00',
      'Nilai – waktu|3,00|2,50',
    ])
    expect(await faultsShown()).toEqual([])
    expect(printed(space, ofSari)[0]).toBe('Evaluasi – Sari Pemateri')
    expect(printed(space, ofSari).join()).not.toContain('Agus')
  })
})

describe('free texts', () => {
  it('are searched without regard to case and accents, and say how many were found', async () => {
    const { space, ids } = await openEvent(
      app,
      people.map((name) => ({ name })),
    )
    const saran: Question = { ...newQuestion('saran', 'long'), label: words('Saran') }
    const form = await addForm(space, 'Evaluasi', 'pulse', [saran])
    const texts = ['Ruang PANAS', 'ruang sempit', 'Waktu cukup', 'Café dekat', 'Bagus', 'panas sekali']
    for (const [i, text] of texts.entries()) await answer(space, form, ids[i] ?? '', { saran: text })
    await showResults(space, form)
    const listed = () => [...document.querySelectorAll('.texts li')].map((item) => item.textContent)
    const search = await screen.findByLabelText('Cari dalam jawaban')
    expect(listed()).toEqual(texts)
    fireEvent.input(search, { target: { value: 'panas' } })
    await screen.findByText('2 jawaban ditemukan')
    expect(listed()).toEqual(['Ruang PANAS', 'panas sekali'])
    fireEvent.input(search, { target: { value: 'cafe' } })
    await screen.findByText('1 jawaban ditemukan')
    expect(listed()).toEqual(['Café dekat'])
    expect(await faultsShown()).toEqual([])
  })
})

describe('groups', () => {
  it('are shown for rows of ratings and scores of tests, on screen and paper, from five on', async () => {
    const { space, ids } = await openEvent(app, [
      ...people.slice(0, 5).map((name) => ({ name, institution: 'Dinas Contoh' })),
      ...people.map((name) => ({ name: `${name} Dua`, institution: 'Badan Contoh' })),
    ])
    const form = await addForm(space, 'Tes', 'postTest', [...test10, rated])
    for (const [i, person] of ids.entries())
      await answer(space, form, person, {
        ...right(i < 5 ? 8 : i === 5 ? 10 : 7),
        nilai: i < 5 ? { materi: 4, waktu: 3 } : i === 5 ? { materi: 2, waktu: 1 } : { materi: 2 },
      })
    const shown = await showResults(space, form)
    expect(await linesOf('Menurut kelompok')).toEqual([
      'OPD|Orang|Nilai tes (%)|Nilai – materi|Nilai – waktu',
      'Badan Contoh|6|75,00|2,00|–',
      'Dinas Contoh|5|80,00|4,00|3,00',
    ])
    await press('Peran')
    expect((await linesOf('Menurut kelompok'))[1]).toBe('Peserta|11|77,27|2,91|2,67')
    shown.unmount()
    expect(printed(space, form)).toContain(
      'Nilai tes (%) – OPD|Badan Contoh 75,00 · 6 orang|Dinas Contoh 80,00 · 5 orang',
    )
    expect(printed(space, form)).toContain(
      'Nilai – OPD|materi – Badan Contoh 2,00 · 6 orang|materi – Dinas Contoh 4,00 · 5 orang|waktu – Dinas Contoh 3,00 · 5 orang',
    )
    const few = await addForm(space, 'Kecil', 'postTest', test10)
    for (const person of ids.slice(0, 4)) await answer(space, few, person, right(5))
    await showResults(space, few)
    await screen.findByText(/4 jawaban tidak ditampilkan menurut kelompok/)
    expect(screen.queryByRole('table', { name: 'Menurut kelompok' })).toBeNull()
  })
})
