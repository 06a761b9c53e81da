import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPhone, type Phone } from '../support/phone.ts'
import { copyApp, shownVersion } from './releases.ts'
import { button, fillWalkIn, isInked, openSite, recordWalkIn, type Site, setUp, waitForStatus } from './site.ts'

const app = copyApp()
const chunks = app.chunks()

let site: Site
let phone: Phone
let eventPath: string
let first: Page
let second: Page

const isNext = async (page: Page) => (await shownVersion(page)) === 2

beforeAll(async () => {
  site = await openSite({ HADIR_DIST: app.dist })
  phone = await openPhone(site.url)
  eventPath = await setUp(phone, site)
  first = phone.page()
  second = await phone.context().newPage()
})

afterAll(async () => {
  await phone?.close()
  await site?.stop()
})

describe('an update of the app', () => {
  it('is offered in every tab and forced on none', async () => {
    await phone.context().route('**/api/**', (route) => route.abort())
    await recordWalkIn(second, eventPath, 'Sebelum Pembaruan')
    await fillWalkIn(second, eventPath, 'Belum Selesai')
    app.releaseNext()
    await first.evaluate(async () => void (await navigator.serviceWorker.getRegistration())?.update())
    for (const page of [first, second]) await page.getByText('Versi baru Hadir siap dipasang').waitFor()
    await first.reload()
    await first.getByText('Versi baru Hadir siap dipasang').waitFor()
    expect(await isNext(first)).toBe(false)
    expect(await isNext(second)).toBe(false)
  })

  it('[S10] asks for a rescue file of what is unsent before it can be accepted', async () => {
    await first.getByText('1 perubahan belum terkirim. Simpan berkas penyelamat dahulu').waitFor()
    expect(await button(first, 'Perbarui').count()).toBe(0)
    const [file] = await Promise.all([
      first.waitForEvent('download'),
      button(first, 'Simpan berkas penyelamat').click(),
    ])
    expect(file.suggestedFilename()).toMatch(/^hadir-penyelamat-/)
    expect(readFileSync(await file.path(), 'utf8')).toContain('Sebelum Pembaruan')
    expect(await button(first, 'Perbarui').count()).toBe(0)
    /** At 360 × 740 all of that leaves more than half of the page's own screen, and its action in reach. */
    await first.getByLabel(/^Sudah saya periksa/).waitFor()
    const part = await first.locator('.update-notice').evaluate((notice) => notice.clientHeight / innerHeight)
    expect(part).toBeLessThan(0.5)
    await first.getByLabel(/^Sudah saya periksa/).check()
    await button(first, 'Perbarui').waitFor()
    expect(await isNext(first)).toBe(false)
  })

  it('once accepted replaces a tab without unsaved work, and leaves a half-filled form as it is', async () => {
    await button(first, 'Perbarui').click()
    await expect.poll(() => isNext(first)).toBe(true)
    await second.getByText('dipakai setelah isian ini disimpan').waitFor()
    expect(await isNext(second)).toBe(false)
    expect(await second.getByLabel('Nama lengkap').inputValue()).toBe('Belum Selesai')
    expect(await isInked(second)).toBe(true)
  })

  it('keeps the version before in reach of a tab that still shows it, also without a network', async () => {
    await site.stop()
    /** What shows PDFs is fetched where one is kept. */
    const ofApp = chunks.filter((name) => name.endsWith('.js') && !name.startsWith('pdf-'))
    const scripts = ofApp.map((name) => `/assets/${name}`)
    const missing = await second.evaluate(async (paths) => {
      const found = await Promise.all(
        paths.map((path) =>
          fetch(path).then(
            (answer) => answer.ok,
            () => false,
          ),
        ),
      )
      return paths.filter((_, index) => !found[index])
    }, scripts)
    expect(missing).toEqual([])
  })

  it('reaches the other tab when its form is saved, and loses nothing', async () => {
    await button(second, 'Simpan').click()
    await expect.poll(() => isNext(second)).toBe(true)
    await second.locator('.confirmation', { hasText: 'Belum Selesai' }).waitFor()
    /** Both people, and the note that a rescue file was saved. */
    await waitForStatus(second, /3 menunggu dikirim/)
    await site.start()
    await phone.context().unroute('**/api/**')
    await first.goto(eventPath)
    await waitForStatus(first, /Terkirim/)
    await expect.poll(() => first.locator('.figure-number').textContent()).toBe('2')
    expect(phone.errors).toEqual([])
  })
})
