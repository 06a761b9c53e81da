import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newQuestion, type Question } from '../../src/core/form/question.ts'
import { readXlsform } from '../../src/core/xlsform/read.ts'
import { writeXlsform } from '../../src/core/xlsform/write.ts'
import { readTables } from '../../src/documents/read/readTables.ts'
import { writeTables } from '../../src/documents/tables.ts'
import { openPhone, type Phone } from '../support/phone.ts'
import { faultsOf } from './faults.ts'
import { button, openSite, type Site, setUp } from './site.ts'

/** All of it on a phone of 360 px, as an organizer builds forms on his way. */
let site: Site
let phone: Phone
let page: Page
let eventPath: string

beforeAll(async () => {
  site = await openSite()
  phone = await openPhone(site.url)
  page = phone.page()
  eventPath = await setUp(phone, site)
})
afterAll(async () => {
  expect(phone.errors).toEqual([])
  await phone?.close()
  await site?.stop()
})

async function addForm(how: (page: Page) => Promise<void>): Promise<void> {
  await page.goto(`${eventPath}/umpan-balik`)
  await button(page, 'Tambah formulir').click()
  await how(page)
}

/** The question that is open in the editor. */
const opened = () => page.locator('.question-editors details[open]')
/** Waits until it is open alone: opening one closes the one before. */
const openedAlone = (label: string) =>
  expect
    .poll(() => opened().locator('summary').allTextContents())
    .toEqual([expect.stringMatching(new RegExp(`^\\d+\\. ${label}`))])
async function openQuestion(label: string): Promise<void> {
  await page.locator('.question-editors summary', { hasText: label }).click()
  await openedAlone(label)
}
const summaries = () => page.locator('.question-editors summary').allTextContents()
const preview = () => page.locator('.preview')

/** Adds a question of a kind, by its fields. */
async function addQuestion(type: string, label: string, fill?: (at: Locator) => Promise<unknown>): Promise<void> {
  await button(page, 'Tambah pertanyaan').click()
  await openedAlone('Nilai')
  await opened().getByLabel('Pertanyaan (Indonesia)').fill(label)
  await opened().getByLabel('Jenis').selectOption({ label: type })
  await fill?.(opened())
}

/** The questions of the workbook that the editor gives. */
async function exported(): Promise<Question[]> {
  const download = page.waitForEvent('download')
  await button(page, 'Unduh sebagai XLSForm').click()
  const read = await readTables(new Uint8Array(await readFile(await (await download).path())))
  if (!read.ok) throw new Error(read.failure.kind)
  const { questions, problems } = readXlsform(read.value.tables)
  expect(problems).toEqual([])
  return questions
}

describe('on a phone, a form', () => {
  it('is built of questions of every kind, tried, put in order, opened, and taken out as an XLSForm', async () => {
    await addForm((at) => button(at, 'Formulir kosong').click())
    await page.getByLabel('Judul').fill('Tes Contoh')
    await addQuestion('Satu pilihan', 'Apa itu gratifikasi?', async (at) => {
      await at.getByLabel('Pilihan, satu per baris').fill('Pemberian\nPinjaman\nPajak')
      await at.getByLabel(/Poin bila benar/).fill('2')
      await at.getByLabel('Pemberian', { exact: true }).check()
      await at.getByLabel('Wajib dijawab').check()
    })
    await addQuestion('Beberapa pilihan', 'Mana yang Anda pakai?', (at) =>
      at.getByLabel('Pilihan, satu per baris').fill('Laporan\nAduan'),
    )
    await addQuestion('Tabel nilai', 'Narasumber', async (at) => {
      await at.getByLabel('Yang dinilai, satu per baris').fill('Materi\nWaktu')
      await at.getByLabel('Skala').selectOption({ label: '1 sampai 4' })
    })
    await addQuestion('Angka', 'Berapa tahun bekerja?', async (at) => {
      await at.getByLabel(/Angka terkecil/).fill('0')
      await at.getByLabel(/Angka terbesar/).fill('45')
    })
    await addQuestion('Teks panjang', 'Mengapa?', (at) =>
      at.getByLabel('Tampil hanya bila').selectOption({ label: 'Apa itu gratifikasi? = Pinjaman' }),
    )
    expect(await faultsOf(page, 'id')).toEqual([])

    /** The preview follows at once, and a question comes and goes with the answer that shows it. */
    const why = preview().getByLabel(/Mengapa/)
    expect(await why.count()).toBe(0)
    await preview().getByLabel('Pinjaman').check()
    await why.waitFor()
    await preview().getByLabel('Pemberian').check()
    await why.waitFor({ state: 'detached' })

    await openQuestion('Berapa tahun')
    for (const _ of [1, 2, 3]) await opened().getByRole('button', { name: 'Naikkan' }).click()
    await expect.poll(() => opened().getByRole('button', { name: 'Naikkan' }).isDisabled()).toBe(true)
    await openQuestion('Mana yang')
    await opened().getByRole('button', { name: 'Hapus pertanyaan' }).click()
    await page.getByText('Pertanyaan dihapus.').waitFor()
    await expect.poll(summaries).toHaveLength(4)
    await button(page, 'Kembalikan').click()
    await openQuestion('Narasumber')
    await opened().getByRole('button', { name: 'Hapus pertanyaan' }).click()
    const order = ['1. Berapa tahun bekerja?', '2. Apa itu gratifikasi?', '3. Mana yang Anda pakai?', '4. Mengapa?']
    await expect.poll(summaries).toEqual(order)
    await expect.poll(() => preview().locator('.questions > li').count()).toBe(3)

    await button(page, 'Buka formulir').click()
    await page.getByText('Formulir terbuka').waitFor()
    await page.reload()
    await page.locator('.question-editors summary').first().waitFor()
    expect(await summaries()).toEqual(order)
    const questions = await exported()
    expect(questions.map(({ type, label }) => `${type} ${label.id}`)).toEqual([
      'number Berapa tahun bekerja?',
      'single Apa itu gratifikasi?',
      'multiple Mana yang Anda pakai?',
      'long Mengapa?',
    ])
    const [years, gift, , reason] = questions
    expect(years).toMatchObject({ min: 0, max: 45 })
    expect(gift).toMatchObject({ points: 2, right: [gift?.choices[0]?.name], required: true })
    expect(reason?.shownIf?.clauses).toEqual([
      { question: gift?.name, comparison: 'is', value: gift?.choices[1]?.name },
    ])
  })

  it('takes questions from the bank, as another test has them, and changes its own', async () => {
    await addForm((at) => at.getByRole('button', { name: 'Post-test', exact: true }).click())
    await page.locator('summary', { hasText: 'bank soal' }).click()
    await page.getByText('Setelah diambil, setiap soal dapat diubah.').waitFor()
    await button(page, 'Apa itu gratifikasi?').click()
    await button(page, 'Apa itu gratifikasi?').waitFor({ state: 'detached' })
    expect((await summaries()).at(-1)).toBe('11. Apa itu gratifikasi?')
    await openQuestion('Apa itu')
    await opened().getByLabel('Pertanyaan (Indonesia)').fill('Apa arti gratifikasi?')
    await button(page, 'Apa itu gratifikasi?').waitFor()
    await button(page, 'Simpan').click()
    await page.getByText('Tersimpan di perangkat.').waitFor()
    expect((await exported()).at(-1)).toMatchObject({ points: 2, label: { id: 'Apa arti gratifikasi?' } })
  })

  it('comes from a file of another program, after what it loses was named', async () => {
    await addForm((at) =>
      at.locator('input[type=file]').setInputFiles(join(import.meta.dirname, '../support/data/evaluasi-odk.xlsx')),
    )
    await page.getByText('7 bagian tidak didukung dan tidak akan ditanyakan:').waitFor()
    await page.getByText('Baris 20: jenis pertanyaan "geopoint"').waitFor()
    expect(await faultsOf(page, 'id')).toEqual([])
    await button(page, 'Pakai 12 pertanyaan lainnya').click()
    await page.getByRole('heading', { level: 1, name: 'Evaluasi Sosialisasi Contoh' }).waitFor()
    expect(await summaries()).toHaveLength(12)
    await button(page, 'Buka formulir').click()
    await page.getByText('Formulir terbuka').waitFor()
  })

  it('from a file whose conditions go round in a circle is not opened, and says which question', async () => {
    const label = (id: string) => ({ id, en: '' })
    const answered = (question: string) => ({
      match: 'all' as const,
      clauses: [{ question, comparison: 'answered' as const, value: '' }],
    })
    const questions = [
      { ...newQuestion('a', 'short'), label: label('Ayam'), shownIf: answered('b') },
      { ...newQuestion('b', 'short'), label: label('Telur'), shownIf: answered('a') },
    ]
    const tables = writeXlsform({ id: 'lingkaran', title: label('Lingkaran'), version: 1, questions })
    const buffer = Buffer.from(await (await writeTables('xlsx', tables)).arrayBuffer())
    const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    await addForm((at) => at.locator('input[type=file]').setInputFiles({ name: 'lingkaran.xlsx', mimeType, buffer }))
    await page.getByRole('heading', { level: 1, name: 'Lingkaran' }).waitFor()
    await button(page, 'Buka formulir').click()
    await page
      .locator('details', { hasText: 'Ayam' })
      .getByText('Syarat tampil menunjuk pertanyaan ini sendiri atau sesudahnya.')
      .waitFor()
    expect(await page.getByText('Formulir terbuka').count()).toBe(0)
    await button(page, 'Hapus formulir').click()
    await page.getByText('Formulir dihapus.').waitFor()
    await button(page, 'Kembalikan formulir').click()
    await button(page, 'Buka formulir').waitFor()
  })
})
