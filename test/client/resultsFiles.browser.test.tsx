import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadWords } from '../../src/client/i18n/i18n.ts'
import { findForm, saveForm, submitResponse } from '../../src/client/state/forms.ts'
import type { OpenSpace } from '../../src/client/state/openSpace.ts'
import type { AppParts } from '../../src/client/ui/app.ts'
import { standingFacts } from '../../src/core/fold.ts'
import type { Answers } from '../../src/core/form/answer.ts'
import type { FormRecord } from '../../src/core/form/form.ts'
import { newQuestion, type Question } from '../../src/core/form/question.ts'
import { readTables } from '../../src/documents/read/readTables.ts'
import { bootApp } from '../support/app.tsx'
import { openEvent, showAt } from '../support/event.tsx'
import { useHandedOver } from '../support/handedOver.ts'
import { faultsShown } from './faults.ts'

const { saved } = useHandedOver()
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
const choices = ['benar', 'salah'].map((name) => ({ name, label: words(name) }))
const rows = ['materi', 'waktu'].map((name) => ({ name, label: words(name) }))
const test3 = ['a', 'b', 'c'].map((name): Question => {
  return { ...newQuestion(name, 'single'), label: words(`Soal ${name}`), choices, points: 1, right: ['benar'] }
})
/** Answers of which the first so many are right. */
const right = (count: number): Answers =>
  Object.fromEntries(test3.map(({ name }, i) => [name, i < count ? 'benar' : 'salah']))
const rated: Question = { ...newQuestion('nilai', 'matrix'), label: words('Nilai'), rows, scale: 4 }
const hostile = ['=SUM(A1)', '+1', '-2', '@SUM(1)', '\t=1']

async function addForm(space: OpenSpace, form: Partial<FormRecord>, questions: Question[]): Promise<FormRecord> {
  const id = await saveForm(space, undefined, { form: { open: true, ...form }, questions })
  const made = findForm(space, id)
  if (!made) throw new Error('no form')
  return made
}
const answer = (space: OpenSpace, form: FormRecord, person: string, answers: Answers) =>
  submitResponse(space, { form, person, answers }, `none-${form.id}-${person}`)

/** What a button gives, as it is on the disk. */
async function made(button: string): Promise<Blob> {
  const count = saved.length
  fireEvent.click(await screen.findByRole('button', { name: button }))
  await waitFor(() => expect(saved).toHaveLength(count + 1), { timeout: 20_000 })
  const file = saved.at(-1)
  if (!file) throw new Error('no file')
  return file
}
/** The worksheets of a file as another library than its writer reads them. */
async function sheetsOf(file: Blob) {
  const read = await readTables(new Uint8Array(await file.arrayBuffer()))
  if (!read.ok) throw new Error(read.failure.kind)
  return Object.fromEntries(read.value.tables.map(({ name, rows }) => [name, rows]))
}
const filled = (rows: unknown[][] | undefined) => rows?.map((row) => row.filter((cell) => cell !== null && cell !== ''))

/** Five of one office and one of another, who took a test before and after. */
async function openTests() {
  const people = ['Budi', 'Siti', 'Tono', 'Rini', 'Wati', 'Dewi'].map((name, i) => ({
    name: `${name} Contoh`,
    institution: i < 5 ? 'Dinas Contoh' : 'Badan Contoh',
  }))
  const { space, ids } = await openEvent(app, people)
  const before = await addForm(space, { title: words('Pre-test'), purpose: 'preTest' }, test3)
  const saran = { ...newQuestion('saran', 'long'), label: words('Saran') }
  const after = await addForm(space, { title: words('Post-test'), purpose: 'postTest' }, [...test3, rated, saran])
  for (const [i, person] of ids.entries()) {
    await answer(space, before, person, right(i < 5 ? 1 : 3))
    const given = { ...right(i < 3 ? 3 : 1), nilai: { materi: i === 0 ? 3 : 4, waktu: 2 } }
    await answer(space, after, person, { ...given, saran: hostile[i] ?? 'Bagus' })
  }
  return { space, after }
}

describe('the workbook of results', () => {
  it('has what the screen says on sheets of their own, in numbers, and every answer as text that does nothing', async () => {
    const { space, after } = await openTests()
    await showAt(app, `/kegiatan/${space.id}/umpan-balik/${after.id}/hasil`)
    await screen.findByRole('table', { name: 'Analisis butir soal' })
    expect(await faultsShown()).toEqual([])
    expect(screen.getAllByText('benar (benar)')).not.toEqual([])
    const sheets = await sheetsOf(await made('Excel (XLSX)'))
    expect(Object.keys(sheets)).toEqual([
      'Hasil',
      'Nilai per butir',
      'N-gain',
      'Analisis butir soal',
      'Menurut kelompok',
      'Jawaban',
    ])
    expect(filled(sheets['Nilai per butir'])).toEqual([
      ['Butir', 'Orang', 'Rata-rata', 'Positif', 'Nilai (25–100)', 1, 2, 3, 4, 5],
      ['Nilai – materi', 6, 3.8333, 1, 95.8333, 0, 0, 1, 5],
      ['Nilai – waktu', 6, 2, 0, 50, 0, 6, 0, 0],
    ])
    /**
     * Three who gained all of 2/3, two nothing; one had every point before: 2/3 · 3 of 5 · 2/3, in means of percents.
     */
    expect(filled(sheets['N-gain'])?.slice(0, 7)).toEqual([
      ['Pre-test dan Post-test'],
      ['6 peserta menjawab keduanya.'],
      ['1 di antaranya sudah benar semua pada pre-test dan tidak dihitung dalam N-gain.'],
      ['Peserta', 'Pre-test', 'Post-test', 'N-gain', 'Kategori'],
      ['Rata-rata N-gain peserta', 44.4444, 66.6667, 0.6, 'sedang'],
      ['N-gain kelas (dari rata-rata)', 0.4, 'sedang'],
      expect.arrayContaining([expect.stringMatching(/ Contoh$/)]),
    ])
    expect(filled(sheets['N-gain'])).toContainEqual(['Budi Contoh', 33.3333, 100, 1, 'tinggi'])
    expect(filled(sheets['N-gain'])).toContainEqual(['Dewi Contoh', 100, 33.3333])
    expect(filled(sheets['Analisis butir soal'])).toEqual([
      ['Butir', 'Orang', 'Tingkat kesukaran', 'Kategori', 'Daya beda', 'Kategori', 'Korelasi butir'],
      ['Soal a', 6, 1, 'mudah', 0, 'kurang'],
      ['Soal b', 6, 0.5, 'sedang', 1, 'sangat baik', 1],
      ['Soal c', 6, 0.5, 'sedang', 1, 'sangat baik', 1],
    ])
    const groups = sheets['Menurut kelompok']
    expect(groups?.[0]).toEqual(['Menurut', 'Kelompok', 'Orang', 'Nilai tes (%)', 'Nilai – materi', 'Nilai – waktu'])
    /** One of another office is hidden, and the five with him: what is left of the total would tell him. */
    expect(groups?.slice(1).map(([by, group]) => `${by} ${group}`)).toEqual([
      'Peran Peserta',
      'Jenis kelamin Tidak diketahui',
    ])
    const texts = sheets.Jawaban?.map((row) => row.at(-2))
    for (const text of hostile) expect(texts?.map((cell) => String(cell).trim())).toContain(text.trim())
    expect(sheets.Jawaban?.[1]?.slice(-4, -2)).toEqual([3, 2])
    expect(sheets.Jawaban?.flat()).toContain('Budi Contoh')
    const csv = await (await made('CSV')).text()
    for (const text of hostile) expect(csv).toContain(`"'${text}"`)
    expect(csv.match(/;"[=+\-@\t]/g)).toBeNull()
  })

  it('has the index with the weight that was chosen, and no group of fewer than five', async () => {
    const { space, ids } = await openEvent(app, [{ name: 'Budi Contoh' }])
    const form = await addForm(space, { title: words('Evaluasi'), purpose: 'evaluation' }, [rated])
    await answer(space, form, ids[0] ?? '', { nilai: { materi: 4, waktu: 3 } })
    await showAt(app, `/kegiatan/${space.id}/umpan-balik/${form.id}/hasil`)
    fireEvent.click(await screen.findByLabelText('Pakai bobot yang dibulatkan'))
    expect(await faultsShown()).toEqual([])
    const sheets = await sheetsOf(await made('Excel (XLSX)'))
    const skm = filled(sheets['Nilai 25–100'])
    expect(skm?.[0]).toEqual(['Nilai 25–100', 87.5])
    expect(skm?.[2]?.[0]).toMatch(/1 responden .* dari 2 unsur; bobot dibulatkan/)
    expect(skm?.slice(-2)).toEqual([
      ['materi', 4],
      ['waktu', 3],
    ])
    expect(Object.keys(sheets)).not.toContain('Menurut kelompok')
  })
})

describe('a file that is given up while it is made', () => {
  it('is not handed over nor noted, and can be asked for again', async () => {
    const { space, after } = await openTests()
    await showAt(app, `/kegiatan/${space.id}/umpan-balik/${after.id}/hasil`)
    const { makeResults } = app.documents
    const held = Promise.withResolvers<void>()
    const making = vi.spyOn(app.documents, 'makeResults').mockImplementationOnce(async (papers, options) => {
      await held.promise
      return makeResults(papers, options)
    })
    const noted = space.view((state) => [...standingFacts(state, 'exported')].map(({ fields }) => fields.format))
    fireEvent.click(await screen.findByRole('button', { name: 'Halaman laporan (PDF)' }))
    await waitFor(() => expect(making).toHaveBeenCalledOnce())
    fireEvent.click(screen.getByRole('button', { name: 'Batalkan' }))
    held.resolve()
    expect(await making.mock.results[0]?.value).toEqual({ ok: false, failure: { kind: 'cancelled' } })
    await waitFor(() => expect(screen.queryByText('Menyusun berkas …')).toBeNull())
    expect(screen.queryByText(/Berkas tidak dapat disusun/)).toBeNull()
    expect([saved.length, noted.value]).toEqual([0, []])
    expect((await (await made('Halaman laporan (PDF)')).text()).startsWith('%PDF-')).toBe(true)
    expect(noted.value).toEqual(['pdf'])
  })
})

describe('the pages for the report of an event', () => {
  it('are one file of all its forms with answers, items among them', async () => {
    const { space } = await openTests()
    await addForm(space, { title: words('Belum dijawab') }, [rated])
    await showAt(app, `/kegiatan/${space.id}/umpan-balik`)
    await screen.findByRole('heading', { name: 'Untuk laporan kegiatan' })
    const papers = vi.spyOn(app.documents, 'makeResults')
    expect((await (await made('Halaman laporan (PDF)')).text()).startsWith('%PDF-')).toBe(true)
    const [given = []] = papers.mock.calls[0] ?? []
    expect(given.map(({ form }) => form)).toEqual(['Pre-test', 'Post-test'])
    const items = given[1]?.questions.find(({ label }) => label === 'Analisis butir soal')
    expect(items?.bars.map(({ name, said }) => `${name}: ${said}`)).toContain(
      'Soal b: 0,50 (sedang) · 1,00 (sangat baik)',
    )
    expect(JSON.stringify(given)).not.toContain('Contoh"')
  })
})
