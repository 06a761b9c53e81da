import { afterAll, beforeAll, expect, it } from 'vitest'
import { drawSignature, openPhone, type Phone } from '../support/phone.ts'
import { violationsOf } from './faults.ts'
import { fillQuestions, openForm } from './formSteps.ts'
import { button, joinAsFacilitator, openSite, type Site, setUp, waitForStatus } from './site.ts'

const pin = '2468'
const evaluation = 'Isi Evaluasi kegiatan'
const test = 'Isi Post-test'
const others = [
  ['Contoh Kios Tiga', 'saran kios tiga'],
  ['Contoh Kios Empat', 'saran kios empat'],
  ['Contoh Kios Lima', 'saran kios lima'],
] as const
let site: Site
let office: Phone
let tablet: Phone
let eventPath: string

beforeAll(async () => {
  site = await openSite()
  office = await openPhone(site.url)
  tablet = await openPhone(site.url, { viewport: { width: 800, height: 1280 } })
  /** A ballot leaves at a moment of chance; here at once. */
  await tablet.context().addInitScript(() => {
    const { random } = Math
    Math.random = () => random() / 1_000
  })
  eventPath = await setUp(office, site)
  await joinAsFacilitator(tablet, office, eventPath)
})

afterAll(async () => {
  expect([...office.errors, ...tablet.errors]).toEqual([])
  for (const phone of [office, tablet]) await phone?.close()
  await site?.stop()
})

async function signIn(name: string): Promise<void> {
  const page = tablet.page()
  await button(page, 'Isi formulir').click()
  await page.getByLabel('Nama lengkap').fill(name)
  await drawSignature(page)
  await button(page, 'Simpan').click()
  await page.locator('.confirmation', { hasText: name }).waitFor()
}

/** Nothing is chosen and nothing is written: neither by whoever was here before, nor beforehand. */
async function expectUntouched(): Promise<void> {
  const page = tablet.page()
  await page.locator('.questions > li').first().waitFor()
  expect(await page.locator('.questions input:checked').count()).toBe(0)
  for (const text of await page.locator('.questions textarea').all()) expect(await text.inputValue()).toBe('')
}

/** Whoever has just signed in answers the anonymous form, and is not asked again. */
async function evaluate(name: string, saran: string, look?: () => Promise<void>): Promise<void> {
  const page = tablet.page()
  await button(page, evaluation).click()
  await expectUntouched()
  await look?.()
  await fillQuestions(page, saran)
  await button(page, 'Simpan jawaban').click()
  await page.locator('.confirmation', { hasText: name }).waitFor()
  expect(await button(page, evaluation).count()).toBe(0)
}

/** The tablet lies there untouched for so long, by its own clock. */
async function leaveAlone(seconds: number): Promise<void> {
  await tablet.page().evaluate((laterMs) => {
    const now = Date.now
    Date.now = () => now() + laterMs
  }, seconds * 1000)
}

/** What the tablet would put into a form again: nothing, whoever was there. */
function keptDrafts(): Promise<unknown> {
  return tablet.page().evaluate(async () => {
    const answer = <T>(asked: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = () => reject(asked.error)
      })
    const [{ name = '' } = {}] = await indexedDB.databases()
    const database = await answer(indexedDB.open(name))
    const keys = await answer(database.transaction('drafts').objectStore('drafts').getAllKeys())
    database.close()
    return keys
  })
}

async function results(address: string, until: RegExp): Promise<void> {
  const page = office.page()
  await page.goto(address)
  await page.locator('main', { hasText: until }).waitFor()
}

it('people who take turns at a tablet without a network answer, see nothing of each other, and arrive once', async () => {
  const anonymous = await openForm(office.page(), eventPath, 'Evaluasi kegiatan', true)
  const named = await openForm(office.page(), eventPath, 'Post-test', false)
  await waitForStatus(office.page(), /^Terkirim/)
  const page = tablet.page()
  await page.goto(`${eventPath}/umpan-balik`)
  await page.getByText('Post-test').first().waitFor()
  await page.goto(`${eventPath}/kios`)
  await page.getByLabel('PIN petugas').fill(pin)
  await button(page, 'Mulai mode kios').click()
  await button(page, 'Isi formulir').waitFor()
  await tablet.setOffline(true)

  await signIn('Contoh Kios Satu')
  expect(await violationsOf(tablet.page())).toEqual([])
  await evaluate('Contoh Kios Satu', 'saran kios satu', async () => {
    await page.getByText(/^Anonim: jawaban dikirim tanpa nama/).waitFor()
    expect(await violationsOf(tablet.page())).toEqual([])
  })

  /** The first person goes away in the middle of the test. */
  await button(page, test).click()
  await page.locator('.questions label').first().click()
  expect(await page.locator('.questions input:checked').count()).toBe(1)
  await leaveAlone(62)
  await page.getByText(/^Masih di sini\? Isian dihapus dalam/).waitFor()
  expect(await violationsOf(tablet.page())).toEqual([])
  await leaveAlone(20)
  await button(page, 'Saya diundang').waitFor()
  expect(await keptDrafts()).toEqual([])

  await signIn('Contoh Kios Dua')
  expect(await page.textContent('body')).not.toContain('Kios Satu')
  await button(page, test).click()
  await page.getByText(/^Jawaban disimpan bersama nama Anda/).waitFor()
  await expectUntouched()
  expect(await violationsOf(tablet.page())).toEqual([])
  await fillQuestions(page, '')
  await button(page, 'Simpan jawaban').click()
  await evaluate('Contoh Kios Dua', 'saran kios dua')
  expect(await page.getByRole('button', { name: /^Isi/ }).count()).toBe(0)
  await button(page, 'Peserta berikutnya').click()
  await button(page, 'Saya diundang').waitFor()
  expect(await page.textContent('body')).not.toMatch(/Kios (Satu|Dua)|saran/)

  /** Answers without a name are shown from five on. */
  for (const [name, saran] of others) {
    await signIn(name)
    await evaluate(name, saran)
    await button(page, 'Peserta berikutnya').click()
  }
  await button(page, 'Petugas').click()
  await page.getByLabel('PIN petugas atau kode pembuka').fill(pin)
  await button(page, 'Keluar').click()
  await page.getByText('hadir · 60 diundang').waitFor()
  await tablet.setOffline(false)
  await waitForStatus(page, /^Terkirim/)

  await results(anonymous, /5 jawaban dari 5 hadir/)
  /** Sections are drawn one after the other. */
  const said = async () => (await office.page().textContent('main'))?.match(/saran kios (satu|dua|tiga|empat|lima)/g)
  const all = ['dua', 'empat', 'lima', 'satu', 'tiga'].map((which) => `saran kios ${which}`)
  await expect.poll(async () => (await said())?.sort()).toEqual(all)
  expect(await office.page().textContent('main')).not.toContain('Contoh Kios')
  await results(named, /1 jawaban dari 5 hadir/)
  for (const name of ['Contoh Kios Satu', 'Contoh Kios Dua']) {
    await office.page().goto(`${eventPath}/peserta?cari=${encodeURIComponent(name)}`)
    await expect.poll(() => office.page().locator('main a', { hasText: name }).count()).toBe(1)
  }
})
