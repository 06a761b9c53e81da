import { expect, it } from 'vitest'
import { type ResultsPaper, writeResults } from '../../../src/documents/pdf/results.ts'
import { readPdf } from '../../support/pdf.ts'

const job = { onProgress: () => undefined, signal: undefined }
const paper: ResultsPaper = {
  letterhead: ['PEMERINTAH PROVINSI CONTOH', 'INSPEKTORAT DAERAH'],
  eventTitle: 'Sosialisasi Antikorupsi',
  form: 'Evaluasi kegiatan',
  days: ['Rabu, 25 November 2026'],
  place: 'Aula Contoh, Serang',
  counted: 40,
  late: 2,
  questions: [
    {
      label: 'Seberapa jelas materinya?',
      summary: '40 orang · rata-rata 3,50 · positif 90,0 %',
      bars: [
        { name: '1 – tidak jelas', said: '4 (10 %)', share: 0.1 },
        { name: '4 – sangat jelas', said: '36 (90 %)', share: 0.9 },
      ],
      rows: [['tidak ditampilkan', '0', '0 %']],
    },
    { label: 'Saran', summary: '2 jawaban', bars: [], rows: [['Ruang panas'], ['Lebih banyak contoh']] },
    { label: 'Lama perjalanan', summary: '2 orang', bars: [], rows: [['Median', '45,00']] },
  ],
}

const pagesOf = async (given: ResultsPaper) =>
  readPdf(new Uint8Array(await (await writeResults([given], job)).arrayBuffer()))

it('results are pages of A4 with what was asked, what was answered, and of which event', async () => {
  const { pages, size } = await pagesOf(paper)
  expect(size).toEqual([210, 297])
  expect(pages).toHaveLength(1)
  for (const text of [
    'INSPEKTORAT DAERAH',
    'HASIL UMPAN BALIK',
    'SOSIALISASI ANTIKORUPSI',
    'Evaluasi kegiatan',
    'Rabu, 25 November 2026',
    '40 orang, 2 di antaranya di luar waktunya',
    '1. Seberapa jelas materinya?',
    '36 (90 %)',
    '2. Saran',
    'Ruang panas',
    '3. Lama perjalanan',
    '45,00',
    'Halaman 1 dari 1',
  ])
    expect(pages[0]).toContain(text)
  expect(pages[0]).not.toContain('tidak ditampilkan')
})

it('several forms are one file, each on a page of its own, numbered through', async () => {
  const file = await writeResults([paper, { ...paper, form: 'Post-test', questions: [] }, paper], job)
  const { pages } = await readPdf(new Uint8Array(await file.arrayBuffer()))
  expect(pages.map((page) => /Formulir\s+:\s+(\S+)/.exec(page)?.[1])).toEqual(['Evaluasi', 'Post-test', 'Evaluasi'])
  expect(pages.map((page) => /Halaman \d dari \d/.exec(page)?.[0])).toEqual([
    'Halaman 1 dari 3',
    'Halaman 2 dari 3',
    'Halaman 3 dari 3',
  ])
})

it('every answer in words is there once, over as many pages as they take, also a very long one', async () => {
  const rows = Array.from({ length: 400 }, (_, i) => [`Jawaban nomor ${i}#`])
  const long = 'kata '.repeat(2_000)
  const { pages } = await pagesOf({
    ...paper,
    questions: [{ label: 'Saran', summary: '', bars: [], rows: [...rows, [long]] }],
  })
  const all = pages.join(' ')
  for (let i = 0; i < 400; i++) expect(all.split(`nomor ${i}#`)).toHaveLength(2)
  expect(all.split('kata')).toHaveLength(2_001)
  expect(pages.at(-1)).toContain(`Halaman ${pages.length} dari ${pages.length}`)
})

it('a wish to stop is heard', async () => {
  const stop = new AbortController()
  const onProgress = (done: number) => done > 30 && stop.abort()
  const rows = Array.from({ length: 400 }, (_, i) => [`${i}`])
  const questions = [{ label: 'Saran', summary: '', bars: [], rows }]
  await expect(writeResults([{ ...paper, questions }], { onProgress, signal: stop.signal })).rejects.toThrow()
})
