import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawSignature, openPhone, type Phone } from '../support/phone.ts'
import { violationsOf } from './faults.ts'
import { button, link, openSite, type Site, setUp, waitForStatus } from './site.ts'

let site: Site
let tablet: Phone
let eventPath: string

beforeAll(async () => {
  site = await openSite()
  tablet = await openPhone(site.url, { viewport: { width: 800, height: 1280 } })
  eventPath = await setUp(tablet, site)
})

afterAll(async () => {
  await tablet?.close()
  await site?.stop()
})

describe('a tablet at the door without a network', () => {
  it('opens the attendees’ door while there is one, for the wall and the poster', async () => {
    const page = tablet.page()
    await page.goto(`${eventPath}/gerbang`)
    await button(page, 'Buka pintu peserta').click()
    await page.locator('.code:focus', { hasText: /^[A-Z0-9]{4} [A-Z0-9]{4}$/ }).waitFor()
    await page.getByLabel('Kode layar yang berganti').click()
    await page.locator('.choice', { hasText: 'Kode layar yang berganti' }).locator('input:checked').waitFor()
    expect(await violationsOf(tablet.page())).toEqual([])
    await waitForStatus(page, /Terkirim/)
    await tablet.setOffline(true)
    await button(page, 'Buat poster (PDF)').click()
    await button(page, 'Unduh poster').waitFor()
    await link(page, 'Layar proyektor').click()
    await page.setViewportSize({ width: 1280, height: 720 })
    await page.locator('.wall-proof', { hasText: /^\d{4}$/ }).waitFor()
    await page.reload()
    await page.locator('.wall-proof', { hasText: /^\d{4}$/ }).waitFor()
    const fit = () =>
      page.evaluate(() => {
        const { scrollHeight, scrollWidth } = document.documentElement
        const qrHeight = document.querySelector('.qr')?.clientHeight ?? 0
        return {
          overflows: scrollHeight > innerHeight || scrollWidth > innerWidth,
          isLarge: qrHeight >= innerHeight * 0.33,
        }
      })
    await expect.poll(fit).toEqual({ overflows: false, isLarge: true })
    expect(await violationsOf(tablet.page())).toEqual([])
    await page.setViewportSize({ width: 800, height: 1280 })
  })

  it('takes people in turn, and is still a kiosk after the browser was killed', async () => {
    let page = tablet.page()
    await page.goto(`${eventPath}/kios`)
    await page.getByLabel('PIN petugas').fill('2468')
    await button(page, 'Mulai mode kios').click()
    await button(page, 'Isi formulir').click()
    await page.getByLabel('Nama lengkap').pressSequentially('Tamu Kios Contoh')
    await drawSignature(page)
    expect(await violationsOf(tablet.page())).toEqual([])
    await button(page, 'Simpan').click()
    await page.getByText('Kehadiran Anda tersimpan di perangkat ini.').waitFor()

    await tablet.restart({ offline: true })
    page = tablet.page()
    await page.goto('/')
    await button(page, 'Saya diundang').waitFor()
    expect(await violationsOf(tablet.page())).toEqual([])
    await page.goBack().catch(() => undefined)
    await page.goto(`${eventPath}/peserta`)
    await button(page, 'Saya diundang').waitFor()
    expect(await page.locator('a').count()).toBe(0)

    await button(page, 'Petugas').click()
    await page.getByLabel('PIN petugas atau kode pembuka').fill('2468')
    await button(page, 'Keluar').click()
    await page.getByText('hadir · 60 diundang').waitFor()
    await tablet.setOffline(false)
    await waitForStatus(page, /Terkirim/)
    await page.goto(`${eventPath}/peserta?cari=kios`)
    await page.getByText('Tamu Kios Contoh').waitFor()
    expect(tablet.errors).toEqual([])
  })
})
