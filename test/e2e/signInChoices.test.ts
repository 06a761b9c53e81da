import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { gatePath } from '../../src/core/gate.ts'
import { drawSignature, openPhone, type Phone } from '../support/phone.ts'
import { faultsOf } from './faults.ts'
import { button, openGate, openSite, type Site, setUp, waitForStatus } from './site.ts'

let site: Site
let office: Phone
let guest: Phone
let eventPath: string
let code: string

beforeAll(async () => {
  site = await openSite()
  office = await openPhone(site.url)
  guest = await openPhone(site.url)
  eventPath = await setUp(office, site)
  code = await openGate(office, eventPath)
})

afterAll(async () => {
  expect([...office.errors, ...guest.errors]).toEqual([])
  for (const phone of [office, guest]) await phone?.close()
  await site?.stop()
})

/** What is wrong with what an attendee sees, in both languages; the page is left in Indonesian. */
async function faultsHere(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const language of ['en', 'id'] as const) {
    await page.locator(`.language-switch button[lang=${language}]`).click()
    await page.locator(`html[lang=${language}]`).waitFor()
    found.push(...(await faultsOf(page, language)))
  }
  return found
}

/** The four digits that the wall shows now. */
async function readWall(): Promise<string> {
  const page = office.page()
  await page.goto(`${eventPath}/layar`)
  return (await page.locator('.wall-proof', { hasText: /^\d{4}$/ }).textContent()) ?? ''
}

async function openPerson(name: string): Promise<Page> {
  const page = office.page()
  await page.goto(`${eventPath}/peserta?hadir=present`)
  await page.getByLabel('Cari peserta').fill(name)
  await page.locator('main a', { hasText: name }).first().click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
  return page
}

it('an event that asks for more gets it from who gives it, and a hint about who left the wall’s code out', async () => {
  const desk = office.page()
  for (const asked of ['Kode layar yang berganti', 'Nomor HP', 'Peran', 'Foto dalam publikasi', 'Grup WhatsApp']) {
    const choice = desk.locator('.choice', { hasText: asked }).locator('input')
    await choice.click()
    await expect.poll(() => choice.isChecked()).toBe(true)
  }
  /** Whoever may be sent a certificate is asked where to. */
  const address = desk.locator('.choice', { hasText: /^Surel$/ }).locator('input')
  expect(await address.isChecked()).toBe(false)
  await desk.locator('.choice', { hasText: 'Sertifikat lewat surel' }).locator('input').click()
  await expect.poll(() => address.isChecked()).toBe(true)
  await waitForStatus(desk, /^Terkirim/)

  const page = guest.page()
  await page.goto(gatePath(code))
  const name = page.getByLabel('Nama lengkap')
  await name.waitFor()
  expect(await faultsHere(page)).toEqual([])
  await name.fill('Tamu Contoh Setuju')
  await page.getByLabel(/^Nomor HP/).fill('0812-0001-9999')
  await page.getByLabel(/^Surel/).fill('tamu@contoh.example')
  await button(page, 'Lanjut').click()
  await page.locator('canvas').waitFor()
  expect(await faultsHere(page)).toEqual([])
  const photo = page.getByLabel('Foto saya boleh dimuat')
  const group = page.getByLabel('Nomor saya boleh dimasukkan')
  expect([await photo.isChecked(), await group.isChecked()]).toEqual([false, false])
  await photo.check()
  await page.getByLabel('Sertifikat boleh dikirim').check()
  await drawSignature(page)
  await page.getByLabel('Kode di layar').fill(await readWall())
  await button(page, 'Simpan').click()
  await page.getByText('Sudah sampai di server').waitFor()
  expect(await faultsHere(page)).toEqual([])

  await button(page, 'Isi untuk orang lain').click()
  await name.fill('Tamu Contoh Tanpa Kode')
  await button(page, 'Lanjut').click()
  await drawSignature(page)
  expect(await page.getByLabel('Sertifikat boleh dikirim').count()).toBe(0)
  await button(page, 'Simpan').click()
  await expect.poll(() => page.getByText('Sudah sampai di server').count()).toBe(2)

  await openPerson('Tamu Contoh Tanpa Kode')
  await desk.getByText(/^Tanpa kode layar/).waitFor()
  await openPerson('Tamu Contoh Setuju')
  const consents = desk.getByRole('region', { name: 'Persetujuan sukarela' })
  await consents.getByText('Foto dalam publikasi').waitFor()
  await consents.getByText(/^Sertifikat/).waitFor()
  await desk.getByText('tamu@contoh.example').waitFor()
  expect(await consents.getByText('Grup WhatsApp').count()).toBe(0)
  expect(await desk.getByText(/kode layar/i).count()).toBe(0)
})
