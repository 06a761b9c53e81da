import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadWords } from '../../src/client/i18n/i18n.ts'
import { recordAttendance } from '../../src/client/state/attendance.ts'
import {
  deleteForm,
  findForm,
  listForms,
  responsesOf,
  saveForm,
  submitResponse,
  versionsOf,
} from '../../src/client/state/forms.ts'
import type { OpenSpace } from '../../src/client/state/openSpace.ts'
import type { AppParts } from '../../src/client/ui/app.ts'
import { resultsPaper } from '../../src/client/ui/screens/results/resultsPaper.ts'
import type { Answers } from '../../src/core/form/answer.ts'
import { newQuestion, type Question } from '../../src/core/form/question.ts'
import { reportInSteps } from '../../src/core/form/report.ts'
import { finish } from '../../src/core/steps.ts'
import { bootApp } from '../support/app.tsx'
import { openEvent, showAt } from '../support/event.tsx'
import { useHandedOver } from '../support/handedOver.ts'
import { press } from '../support/hands.ts'
import { faultsShown } from './faults.ts'

const { saved } = useHandedOver()
const start = location.pathname + location.search
let app: AppParts
beforeEach(async () => {
  app = await bootApp()
  await Promise.all(['feedback', 'results', 'fileButtons', 'questions', 'import'].map(loadWords))
})
afterEach(() => {
  cleanup()
  history.replaceState(null, '', start)
})

const people = ['Budi Contoh', 'Siti Umpama', 'Tono Misal', 'Rini Andai', 'Wati Contoh'].map((name) => ({ name }))
const words = (id: string) => ({ id, en: '' })
const choices = ['Ya', 'Tidak'].map((name) => ({ name, label: words(name) }))
const questions: Question[] = [
  { ...newQuestion('jelas', 'likert'), label: words('Seberapa jelas?'), scale: 4, required: true },
  { ...newQuestion('lagi', 'single'), label: words('Ikut lagi?'), choices },
  { ...newQuestion('saran', 'long'), label: words('Saran') },
]
const open = (space: OpenSpace, form = {}) =>
  saveForm(space, undefined, { form: { title: words('Evaluasi'), open: true, ...form }, questions })

describe('a form of an event', () => {
  it('is noted in the history when it is taken out as an XLSForm', async () => {
    const { space } = await openEvent(app, people)
    await showAt(app, `/kegiatan/${space.id}/umpan-balik/${await open(space)}/ubah`)
    await press('Unduh sebagai XLSForm')
    const newest = async () => (await app.spaces.history(space.id))[0]?.lines
    await expect.poll(newest).toEqual([{ type: 'fact', kind: 'exported', fields: { what: 'form', format: 'xlsx' } }])
  })

  it('begins as a ready one, is looked at, opened, and closed again', async () => {
    const { space } = await openEvent(app, people)
    await showAt(app, `/kegiatan/${space.id}/umpan-balik`)
    await screen.findByText('Belum ada formulir')
    await press('Tambah formulir')
    await press('Pre-test')
    await screen.findByText('Soal bawaan perlu diperiksa auditor sebelum dipakai.')
    const [form] = listForms(space)
    expect(form).toMatchObject({ purpose: 'preTest', open: false, shuffleChoices: true })
    await press('Buka formulir')
    await screen.findByText('Formulir terbuka. Peserta dapat menjawabnya.')
    expect(listForms(space)[0]?.open).toBe(true)
    await press('Tutup formulir')
    await waitFor(() => expect(listForms(space)[0]?.closesAt).toBeLessThanOrEqual(space.now()))
  })

  it('is not opened while a question cannot be asked, and says which', async () => {
    const { space } = await openEvent(app, people)
    const form = await saveForm(space, undefined, {
      form: { title: words('Kosong') },
      questions: [newQuestion('q1', 'single')],
    })
    await showAt(app, `/kegiatan/${space.id}/umpan-balik/${form}/ubah`)
    await press('Buka formulir')
    await screen.findByText('Tulis pertanyaannya.')
    expect(listForms(space)[0]?.open).toBe(false)
  })

  it('is read aloud and answered once for a person', async () => {
    const { space, ids } = await openEvent(app, people)
    const form = await open(space)
    await showAt(app, `/kegiatan/${space.id}/umpan-balik/${form}`)
    fireEvent.input(await screen.findByLabelText('Jawaban siapa?'), { target: { value: 'budi' } })
    await press(/Budi Contoh/)
    await press('Simpan jawaban')
    await screen.findByText('Jawab pertanyaan ini.')
    expect(await faultsShown()).toEqual([])
    fireEvent.click(within(screen.getByRole('group', { name: /Seberapa jelas/ })).getByLabelText('4'))
    fireEvent.input(screen.getByLabelText(/Saran/), { target: { value: '=SUM(A1)' } })
    await press('Simpan jawaban')
    await screen.findByText('Jawaban tersimpan di perangkat ini dan akan dikirim.')
    const [record] = listForms(space)
    const [response, ...others] = record ? responsesOf(space, record) : []
    expect(others).toEqual([])
    expect(response).toMatchObject({ person: ids[0], late: false, answers: { jelas: 4, saran: '=SUM(A1)' } })
    fireEvent.input(await screen.findByLabelText('Jawaban siapa?'), { target: { value: 'budi' } })
    await press(/Budi Contoh.*sudah menjawab/)
    await screen.findByText('Budi Contoh sudah menjawab formulir ini.')
  })

  it('is read aloud without a name to who is present, by ballot, and once', async () => {
    const { space, ids } = await openEvent(app, people)
    const form = await open(space, { anonymous: true })
    await recordAttendance(space, {
      person: ids[0] ?? '',
      session: space.sessions.value[0]?.id ?? '',
      method: 'facilitator',
    })
    await showAt(app, `/kegiatan/${space.id}/umpan-balik/${form}`)
    await screen.findByText(/Anda yang membacakan mendengar jawabannya/)
    fireEvent.input(await screen.findByLabelText('Jawaban siapa?'), { target: { value: 'siti' } })
    await screen.findByText(/Tidak ada peserta yang sudah hadir/)
    fireEvent.input(screen.getByLabelText('Jawaban siapa?'), { target: { value: 'budi' } })
    await press(/Budi Contoh/)
    fireEvent.click(within(await screen.findByRole('group', { name: /Seberapa jelas/ })).getByLabelText('4'))
    fireEvent.input(screen.getByLabelText(/Saran/), { target: { value: 'x'.repeat(10_000) } })
    await press('Simpan jawaban')
    await screen.findByText(/Persingkat jawaban Anda/)
    fireEvent.input(screen.getByLabelText(/Saran/), { target: { value: 'Lebih singkat' } })
    await press('Simpan jawaban')
    await screen.findByText('Jawaban tersimpan di perangkat ini dan akan dikirim.')
    const [record] = listForms(space)
    expect(record && responsesOf(space, record)).toEqual([])
    expect(app.ballots.tickets.value).toMatchObject([{ person: ids[0], state: 'waiting' }])
    expect(await app.drafts.keys()).toEqual([])
    fireEvent.input(await screen.findByLabelText('Jawaban siapa?'), { target: { value: 'budi' } })
    await press(/Budi Contoh.*sudah menjawab/)
    await screen.findByText('Budi Contoh sudah menjawab formulir ini.')
  })

  it('takes what was begun before it was changed, closed and deleted, for the version that was seen', async () => {
    const { space, ids } = await openEvent(app, people)
    const form = await open(space)
    await showAt(app, `/kegiatan/${space.id}/umpan-balik/${form}`)
    fireEvent.input(await screen.findByLabelText('Jawaban siapa?'), { target: { value: 'budi' } })
    await press(/Budi Contoh/)
    fireEvent.click(within(await screen.findByRole('group', { name: /Seberapa jelas/ })).getByLabelText('2'))
    const seen = listForms(space)[0]?.version
    await saveForm(space, form, { form: { closesAt: space.now() - 1 }, questions: questions.slice(0, 1) })
    await deleteForm(space, form)
    await screen.findByText(/sudah dihapus penyelenggara/)
    await press('Simpan jawaban')
    await screen.findByText('Jawaban tersimpan di perangkat ini dan akan dikirim.')
    const record = findForm(space, form)
    expect(record?.version).not.toBe(seen)
    expect(record && responsesOf(space, record)).toMatchObject([{ person: ids[0], version: seen, late: true }])
  })

  it('keeps half-given answers when the screen is left', async () => {
    const { space } = await openEvent(app, people)
    const form = await open(space)
    const begin = async () => {
      const shown = await showAt(app, `/kegiatan/${space.id}/umpan-balik/${form}`)
      fireEvent.input(await screen.findByLabelText('Jawaban siapa?'), { target: { value: 'siti' } })
      await press(/Siti Umpama/)
      return shown
    }
    const { unmount } = await begin()
    fireEvent.input(await screen.findByLabelText(/Saran/), { target: { value: 'Lebih banyak contoh' } })
    unmount()
    await begin()
    await waitFor(() => expect(screen.getByLabelText<HTMLTextAreaElement>(/Saran/).value).toBe('Lebih banyak contoh'))
  })
})

describe('the results of a form', () => {
  const answers: Answers[] = [
    { jelas: 4, lagi: 'Ya', saran: 'Bagus' },
    { jelas: 3, lagi: 'Ya' },
    { jelas: 2, lagi: 'Tidak', saran: 'Ruang panas' },
  ]

  it('show each question in words, as bars and as a table', async () => {
    const { space, ids, session } = await openEvent(app, people)
    await open(space)
    for (const person of ids) await recordAttendance(space, { person, session, method: 'facilitator' })
    const [form] = listForms(space)
    if (!form) throw new Error('no form')
    for (const [i, given] of answers.entries())
      await submitResponse(space, { form, person: ids[i] ?? '', answers: given }, `none-${i}`)
    await showAt(app, `/kegiatan/${space.id}/umpan-balik/${form.id}/hasil`)
    await screen.findByText('3 jawaban dari 5 hadir')
    await screen.findByText('3 orang · rata-rata 3,00 · positif 66,7% · nilai 75,00'.replace('%', '\u00a0%'), {
      normalizer: (text) => text.replace(/(\d)%/, '$1\u00a0%'),
    })
    fireEvent.click(within(await screen.findByRole('region', { name: 'Ikut lagi?' })).getByText('Tabel'))
    const rows = within(await screen.findByRole('table', { name: 'Ikut lagi?' })).getAllByRole('row')
    expect(rows.map((row) => [...row.children].map((cell) => cell.textContent).join('|')).slice(1)).toEqual([
      expect.stringMatching(/^Ya\|2\|66,7.?%$/),
      expect.stringMatching(/^Tidak\|1\|33,3.?%$/),
    ])
    expect(await screen.findByText('Ruang panas')).toBeTruthy()
    await press('Halaman laporan (PDF)')
    await screen.findByText(/^Berkas selesai disusun/)
    expect(await saved[0]?.text()).toMatch(/^%PDF-/)
    expect(screen.getByText('Mutu C: kurang baik')).toBeTruthy()
    expect(screen.getByText(/3 jawaban tidak ditampilkan menurut kelompok/)).toBeTruthy()
  })

  it('tell on paper also the index, and the means of groups that are large enough', async () => {
    const { space, ids, session } = await openEvent(app, people)
    await open(space)
    for (const person of ids) await recordAttendance(space, { person, session, method: 'facilitator' })
    const [form] = listForms(space)
    const event = space.event.value
    if (!form || !event) throw new Error('no form')
    for (const [i, person] of ids.entries())
      await submitResponse(space, { form, person, answers: { jelas: i === 0 ? 4 : 3 } }, `none-${i}`)
    await showAt(app, `/kegiatan/${space.id}/umpan-balik/${form.id}/hasil`)
    await screen.findByText('Mutu B: baik')
    const responses = responsesOf(space, form)
    const report = finish(reportInSteps(form, versionsOf(space), responses))
    const reported = { space, event, form, responses, report }
    const { questions: sections } = finish(resultsPaper({ ...reported, weight: 'exact' }))
    const { questions: withPrinted } = finish(resultsPaper({ ...reported, weight: 'printed' }))
    expect(JSON.stringify(withPrinted)).toContain('bobot dibulatkan dua desimal')
    expect(JSON.stringify(sections)).not.toContain('bobot dibulatkan')
    fireEvent.click(screen.getByLabelText('Pakai bobot yang dibulatkan'))
    await screen.findByText(/bobot dibulatkan dua desimal/)
    const told = sections.map(({ label, summary, bars, rows }) =>
      [label, summary, ...bars.map(({ name, said }) => `${name} ${said}`), ...rows.map((row) => row.join(' '))].join(
        '|',
      ),
    )
    expect(told).toContainEqual(
      expect.stringMatching(/^Nilai 25–100: 80,00\|Mutu B: baik\..*\|Seberapa jelas.* 3,200$/),
    )
    expect(told).toContainEqual(expect.stringMatching(/^Seberapa jelas.* – Peran\|Rata-rata\|Peserta 3,20 · 5 orang$/))
  })

  it('say by session and role how many of those who are present have answered, and of nobody by name', async () => {
    const { space, ids } = await openEvent(app, people)
    const form = await open(space)
    const session = space.sessions.value[0]?.id ?? ''
    for (const person of ids.slice(0, 4)) await recordAttendance(space, { person, session, method: 'facilitator' })
    await showAt(app, `/kegiatan/${space.id}/umpan-balik/${form}/hasil`)
    const table = () => screen.findByRole('table', { name: 'Tingkat jawaban' })
    expect((await table()).textContent).toMatch(/Peserta040%/)
    const record = listForms(space)[0]
    if (record) await submitResponse(space, { form: record, person: ids[0] ?? '', answers: { jelas: 4 } }, 'draft')
    await waitFor(async () => expect((await table()).textContent).toMatch(/Peserta1425%/))
    await saveForm(space, form, { form: { anonymous: true }, questions })
    await screen.findByText(/menurut sesi dan peran hanya diketahui server/)
    expect(screen.queryByRole('table', { name: 'Tingkat jawaban' })).toBeNull()
  })

  it('of nobody say so', async () => {
    const { space } = await openEvent(app, people)
    const form = await open(space)
    await showAt(app, `/kegiatan/${space.id}/umpan-balik/${form}/hasil`)
    await screen.findByText('Belum ada jawaban')
  })
})
