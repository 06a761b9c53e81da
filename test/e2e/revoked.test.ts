import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPhone, type Phone } from '../support/phone.ts'
import { faultsOf, speak } from './faults.ts'
import { addMaterial, card } from './materialSteps.ts'
import { button, joinAsFacilitator, link, openSite, recordWalkIn, type Site, setUp } from './site.ts'

const name = 'Surti Contoh'
let site: Site
let office: Phone
let phone: Phone
let event: string

beforeAll(async () => {
  site = await openSite()
  office = await openPhone(site.url)
  phone = await openPhone(site.url)
  event = await setUp(office, site)
  await joinAsFacilitator(phone, office, event)
})
afterAll(async () => {
  for (const device of [office, phone]) await device?.close()
  await site?.stop()
})

/** How many labels and parts of materials' files a browser keeps. */
const keptFiles = (page: Page): Promise<number> =>
  page.evaluate(async () => ((await caches.has('materi')) ? (await (await caches.open('materi')).keys()).length : 0))

/** What is wrong with a screen as it stands, in both languages; the page is left in Indonesian. */
async function faultsIn(page: Page, address: string, ready: () => Promise<void>): Promise<string[]> {
  const found: string[] = []
  for (const language of ['en', 'id'] as const) {
    await speak(page, language)
    await page.goto(address)
    await ready()
    found.push(...(await faultsOf(page, language)))
  }
  return found
}

it('[S11] a lost phone with unsent work hands it over, erases its copy, and what an organizer accepts is listed once', async () => {
  const buffer = Buffer.from('%PDF-1.7\n%%EOF\n')
  await addMaterial(office.page(), event, {
    title: 'Paparan',
    choose: { name: 'paparan.pdf', mimeType: 'application/pdf', buffer },
  })
  await phone.page().goto(`${event}/materi`)
  await button(phone.page(), 'Simpan di perangkat: Paparan').click()
  await expect.poll(() => keptFiles(phone.page())).toBeGreaterThan(1)

  /** That it was saved is a fact, too, and has arrived: what is unsent later is one person. */
  await office.page().goto(`${event}/materi`)
  await card(office.page(), 'Paparan')
    .getByText(/disimpan 1$/)
    .waitFor()
  await phone.context().setOffline(true)
  await recordWalkIn(phone.page(), event, name)

  const page = office.page()
  await page.goto(`${event}/tim`)
  const member = page.locator('.member:not(.revoked-device)', { hasText: 'Fasilitator Contoh' })
  const actions = member.locator('summary')
  const opened = async () => {
    await actions.first().waitFor()
    for (const action of await actions.all()) await action.click()
  }
  expect(await faultsIn(page, `${event}/tim`, opened)).toEqual([])
  await page.goto(`${event}/tim`)
  await member.getByText('Cabut akses perangkat ini').first().click()
  await member.getByLabel('Alasan').fill('Ponsel hilang di lapangan')
  await member.getByRole('button', { name: 'Cabut akses perangkat ini' }).click()
  const entry = page.locator('.revoked-device', { hasText: 'Fasilitator Contoh' })
  await entry.getByText('dicabut, belum menyerahkan data').waitFor()
  await member.waitFor({ state: 'detached' })
  const shown = () => page.locator('.revoked-device').waitFor()
  expect(await faultsIn(page, `${event}/tim`, shown)).toEqual([])

  await phone.context().setOffline(false)
  await phone.page().goto('/')
  await phone.page().getByRole('heading', { name: 'Akses dicabut' }).waitFor()
  await phone.page().getByText('1 catatan yang belum diterima telah diserahkan').waitFor()
  await phone.page().getByText('Semua salinan dan kuncinya dihapus').waitFor()
  await expect.poll(() => keptFiles(phone.page())).toBe(0)
  await button(phone.page(), 'Sudah saya baca').click()
  await link(phone.page(), 'Punya kode undangan').waitFor()
  await page.goto(`${event}/tim`)
  await entry.getByText('dicabut, data sudah diserahkan').waitFor()
  await phone.page().goto(event)
  await phone.page().getByText('tidak ada di perangkat ini').first().waitFor()

  expect(await faultsIn(page, `${event}/karantina`, () => page.getByText(name).first().click())).toEqual([])
  await page.goto(`${event}/karantina`)
  await page.getByText(name).click()
  await page.getByLabel('Alasan').fill('Cocok dengan daftar kertas')
  await button(page, 'Terima 1 catatan').click()
  await page.getByText('Karantina kosong').waitFor()
  await page.goto(`${event}/peserta`)
  await page.getByRole('searchbox').fill('Surti')
  await page.getByText(name).first().waitFor()
  await expect.poll(() => page.locator('.windowed li', { hasText: name }).count()).toBe(1)
  await page.goto(`${event}/riwayat`)
  const row = page.locator('.history-row', { hasText: name }).first()
  await row.waitFor()
  expect(await faultsIn(page, `${event}/riwayat`, () => row.click())).toEqual([])
  await page.goto(`${event}/riwayat?server`)
  await page.getByText('alasan: Ponsel hilang di lapangan').waitFor()
  await page.getByText('alasan: Cocok dengan daftar kertas').waitFor()
  const told = () => page.getByText('Cocok dengan daftar kertas').first().waitFor()
  expect(await faultsIn(page, `${event}/riwayat?server`, told)).toEqual([])

  /** A page of the server's history holds 200 lines. */
  await page.evaluate(
    async (address) => {
      for (let made = 0; made < 210; made++) {
        const headers = { 'Content-Type': 'application/json' }
        const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify({ role: 'viewer' }) })
        if (!answer.ok) throw new Error(String(answer.status))
      }
    },
    `/api/v1/spaces/${event.split('/').at(-1)}/invites`,
  )
  await page.reload()
  await page.getByText('200 dari 200 catatan terbaru').waitFor()
  expect(await page.getByText('alasan: Ponsel hilang di lapangan').count()).toBe(0)
  const download = page.waitForEvent('download')
  await button(page, /^CSV$/).click()
  expect(await readFile(await (await download).path(), 'utf8')).toContain('Ponsel hilang di lapangan')
  await page.getByText('alasan: Ponsel hilang di lapangan').waitFor()
  expect([...phone.errors, ...office.errors]).toEqual([])
})
