import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gatePath } from '../../src/core/gate.ts'
import { drawSignature, openPhone, type Phone } from '../support/phone.ts'
import { button, openGate, openSite, type Site, setUp } from './site.ts'

let site: Site
let office: Phone
let invited: Phone
let guest: Phone
let eventPath: string
let code: string

const host = 'hadir.test'

beforeAll(async () => {
  site = await openSite()
  office = await openPhone(site.url)
  invited = await openPhone(site.url)
  guest = await openPhone(`http://${host}:${site.port}`, { host })
  eventPath = await setUp(office, site)
  code = await openGate(office, eventPath)
}, 120_000)

afterAll(async () => {
  expect([...office.errors, ...invited.errors, ...guest.errors]).toEqual([])
  for (const phone of [office, invited, guest]) await phone?.close()
  await site?.stop()
})

async function sign(page: Page): Promise<void> {
  await drawSignature(page)
  await button(page, 'Simpan').click()
}

/** Waits until somebody is shown as present on the organizer's list, and counts the rows. */
async function countPresent(name: string): Promise<number> {
  const page = office.page()
  await page.goto(`${eventPath}/peserta?hadir=present`)
  await page.getByLabel('Cari peserta').fill(name)
  const rows = page.locator('main a', { hasText: name })
  await rows.first().waitFor({ timeout: 60_000 })
  return rows.count()
}

/** Gives the first of the invited a pass, and copies his link from his page. */
async function copyPersonalLink(): Promise<{ name: string; url: string }> {
  const page = office.page()
  await office.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(`${eventPath}/peserta?hadir=absent`)
  await page.locator('main a.person-row, main ul a').first().click()
  await page.getByRole('region', { name: 'Tanda pengenal' }).getByRole('button', { name: 'Terbitkan' }).click()
  const name = (await page.getByRole('heading', { level: 1 }).textContent()) ?? ''
  await button(page, 'Salin tautan').click()
  await page.getByText('Tautan tersalin.').waitFor()
  return { name, url: await page.evaluate(() => navigator.clipboard.readText()) }
}

describe('a personal link', () => {
  it('opened days before shows its person his name, and lets him sign without a network', async () => {
    const { name, url } = await copyPersonalLink()
    const found = (page: Page) => page.locator('.attendee-name', { hasText: name })
    await invited.page().goto(url)
    await found(invited.page()).waitFor({ timeout: 60_000 })
    expect(invited.page().url()).not.toContain('#')
    await invited.installed()
    await invited.restart({ offline: true })
    const page = invited.page()
    await page.goto(url)
    await found(page).waitFor()
    await button(page, 'Lanjut').click()
    await sign(page)
    await page.getByRole('heading', { name: 'Tersimpan, belum terkirim' }).waitFor()
    await invited.setOffline(false)
    await page.getByText('Sudah sampai di server').waitFor({ timeout: 60_000 })
    expect(await countPresent(name)).toBe(1)
  })
})

describe('on plain http, where browsers give neither WebCrypto nor a service worker', () => {
  it('a guest is told that a network is needed, signs in online and is on the sheet', async () => {
    const name = 'Tamu Contoh Tanpa Gembok'
    const page = guest.page()
    await page.goto(gatePath(code))
    await page.getByText('Alamat ini tidak aman (http)').waitFor()
    expect(await page.evaluate(() => [isSecureContext, crypto.subtle, navigator.serviceWorker])).toEqual([
      false,
      undefined,
      undefined,
    ])
    await page.getByLabel('Nama lengkap').fill(name)
    await button(page, 'Lanjut').click()
    await sign(page)
    await page.getByText('Sudah sampai di server').waitFor({ timeout: 60_000 })
    expect(await countPresent(name)).toBe(1)
    await page.reload()
    await page.locator('.receipt', { hasText: name }).waitFor()
  })
})
