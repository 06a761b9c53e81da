import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gatePath } from '../../src/core/gate.ts'
import { readTables } from '../../src/documents/read/readTables.ts'
import { drawSignature, openPhone, type Phone } from '../support/phone.ts'
import { violationsOf } from './faults.ts'
import { fillQuestions, openForm } from './formSteps.ts'
import { button, joinAsFacilitator, link, openGate, openSite, type Site, setUp, waitForStatus } from './site.ts'

let site: Site
let office: Phone
let facilitator: Phone
let guest: Phone
let offlineGuest: Phone
let eventPath: string
let door: string

/** A ballot leaves at a moment of chance; here at once. */
async function openGuest(): Promise<Phone> {
  const phone = await openPhone(site.url)
  await phone.context().addInitScript(() => {
    const { random } = Math
    Math.random = () => random() / 1_000
  })
  return phone
}

beforeAll(async () => {
  site = await openSite()
  ;[office, facilitator, guest, offlineGuest] = [
    await openPhone(site.url),
    await openPhone(site.url),
    await openGuest(),
    await openGuest(),
  ]
  eventPath = await setUp(office, site)
  await joinAsFacilitator(facilitator, office, eventPath)
  door = gatePath(await openGate(office, eventPath))
})

afterAll(async () => {
  expect([office, facilitator, guest, offlineGuest].flatMap(({ errors }) => errors)).toEqual([])
  for (const phone of [office, facilitator, guest, offlineGuest]) await phone?.close()
  await site?.stop()
})

async function signIn(page: Page, name: string): Promise<void> {
  await page.getByLabel('Nama lengkap').fill(name)
  await button(page, 'Lanjut').click()
  await drawSignature(page)
  await button(page, 'Simpan').click()
  await page.locator('.receipt', { hasText: name }).waitFor()
}

/** Answers every question with its last choice, and each text with `saran`. */
async function answer(page: Page, title: RegExp, who: string, saran: string): Promise<void> {
  await button(page, title).click()
  const choice = page.getByRole('button', { name: who })
  const questions = page.locator('.questions > li')
  await choice.or(questions.first()).first().waitFor()
  if (await choice.isVisible()) await choice.click()
  await fillQuestions(page, saran)
  await button(page, 'Simpan jawaban').click()
  await page.getByText('Jawaban tersimpan di perangkat ini').waitFor()
}

/** What a phone's results say, without what is of this device. */
async function resultsOn(phone: Phone, address: string, until: RegExp): Promise<string> {
  const page = phone.page()
  await page.goto(address)
  await page.locator('main', { hasText: until }).waitFor()
  /** Questions are drawn a few at a time, with the files last; and none where nothing is shown. */
  await page.locator('main', { hasText: /Unduh hasil|ditampilkan setelah ada|Belum ada jawaban/ }).waitFor()
  return ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ')
}

const evaluation = /Isi Evaluasi/
const test = /Isi Post-test/i

describe('attendees on their own phones', () => {
  it('answer without a name and with one, two of them first without a network; both desks show the same', async () => {
    const anonymous = await openForm(office.page(), eventPath, 'Evaluasi kegiatan', true)
    const named = await openForm(office.page(), eventPath, 'Post-test', false)

    /** Two people on one phone that has no network when they answer. */
    const offline = offlineGuest.page()
    await offline.goto(door)
    await offline.getByLabel('Nama lengkap').waitFor()
    await offlineGuest.installed()
    await signIn(offline, 'Contoh Luring Satu')
    await offlineGuest.setOffline(true)
    await button(offline, 'Isi untuk orang lain').click()
    await signIn(offline, 'Contoh Luring Dua')
    /** What hands an attendance over stands before what can wait. */
    await offline.getByRole('img', { name: 'Kode QR bukti kehadiran' }).waitFor()
    expect(await offline.locator('main').textContent()).toMatch(/Bukti berupa kode QR.*Umpan balik yang menunggu/s)
    await answer(offline, evaluation, 'Contoh Luring Satu', 'saran luring satu')
    await answer(offline, evaluation, 'Contoh Luring Dua', 'saran luring dua')
    await offline.getByText('Biarkan halaman ini terbuka sampai terkirim').waitFor()
    await answer(offline, test, 'Contoh Luring Satu', '')

    const page = guest.page()
    await page.goto(door)
    await signIn(page, 'Contoh Daring Satu')
    expect(await violationsOf(page)).toEqual([])
    await button(page, evaluation).click()
    await page.getByText(/Anonim: jawaban dikirim tanpa nama/).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.getByLabel(/Saran dan masukan/).fill('saran yang belum selesai')
    await button(page, 'Lanjutkan nanti').click()
    await button(page, evaluation).click()
    await expect.poll(() => page.getByLabel(/Saran dan masukan/).inputValue()).toBe('saran yang belum selesai')
    /** The phone's own way back leads to the receipts, and not out of the page. */
    await page.goBack()
    await answer(page, evaluation, 'Contoh Daring Satu', 'saran daring satu')
    await button(page, test).click()
    await page.getByText('Jawaban disimpan bersama nama Anda dan dilihat oleh penyelenggara kegiatan ini.').waitFor()
    await button(page, 'Lanjutkan nanti').click()
    await answer(page, test, 'Contoh Daring Satu', '')
    for (const who of ['Contoh Daring Dua', 'Contoh Daring Tiga']) {
      await button(page, 'Isi untuk orang lain').click()
      await signIn(page, who)
      if (who !== 'Contoh Daring Tiga') await answer(page, evaluation, who, 'saran lainnya')
    }
    await waitForStatus(page, /^Terkirim/)
    await resultsOn(office, anonymous, /ditampilkan setelah ada 5 jawaban|Belum ada jawaban/)

    await offlineGuest.setOffline(false)
    await waitForStatus(offline, /^Terkirim/)
    await offline.getByText('Biarkan halaman ini terbuka sampai terkirim').waitFor({ state: 'detached' })
    expect(await office.page().locator('main').textContent()).not.toMatch(/saran/)
    await answer(page, evaluation, 'Contoh Daring Tiga', 'saran daring tiga')
    await waitForStatus(page, /^Terkirim/)
    /** Two of the three on this phone have not taken the test: one form waits on the list of its events. */
    await page.goto('/m')
    await page.locator('.event-row', { hasText: '1 formulir umpan balik menunggu' }).waitFor()

    /** Numbers of the server, by session and role, and answers of the log, by nobody. */
    const complete = /Peserta55100.?%.*saran daring tiga/
    const shown = await resultsOn(office, anonymous, complete)
    expect(await resultsOn(facilitator, anonymous, complete)).toBe(shown)
    expect(shown).toMatch(/5 jawaban dari 5 hadir/)
    expect(shown.match(/saran luring/g)).toHaveLength(2)
    expect(shown).not.toMatch(/Contoh (Lu|Da)ring (Satu|Dua)/)
    const tests = await resultsOn(office, named, /2 jawaban dari 5 hadir/)
    expect(await resultsOn(facilitator, named, /2 jawaban dari 5 hadir/)).toBe(tests)
    expect(await violationsOf(facilitator.page())).toEqual([])
    await link(office.page(), 'Kembali').click()

    await facilitator.restart({ offline: true })
    const alone = await resultsOn(facilitator, anonymous, /hanya diketahui server/)
    expect(alone).toMatch(/5 jawaban dari 5 hadir.*saran daring tiga/)
    expect(await facilitator.page().getByRole('table', { name: 'Tingkat jawaban' }).count()).toBe(0)
    const download = facilitator.page().waitForEvent('download')
    await button(facilitator.page(), 'Excel (XLSX)').click()
    const read = await readTables(new Uint8Array(await readFile(await (await download).path())))
    const sheets = read.ok ? read.value.tables : []
    expect(sheets.map(({ name }) => name)).toEqual(['Hasil', 'Nilai per butir', 'Nilai 25–100', 'Jawaban'])
    expect(JSON.stringify(sheets)).not.toMatch(/Contoh (Lu|Da)ring/)
    expect(
      sheets
        .at(-1)
        ?.rows.map((row) => row.at(-2))
        .sort(),
    ).toContain('saran luring dua')
  })
})
