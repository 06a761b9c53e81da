import { cpSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPhone, type Phone } from '../support/phone.ts'
import { temporaryFolder } from '../support/server.ts'
import { button, fillWalkIn, isInked, openSite, recordWalkIn, type Site, setUp, waitForStatus } from './site.ts'

const dist = temporaryFolder()
let chunks: string[] = []

let site: Site
let phone: Phone
let eventPath: string
let first: Page
let second: Page

/** Turns the folder into the next version's, in which every asset has another name; those of before are gone. */
function releaseNext(): void {
  const next = (name: string) => name.replace(/\.(\w+)$/, '.next.$1')
  const names = new RegExp(chunks.map((name) => name.replaceAll('.', '\\.')).join('|'), 'g')
  const files = ['index.html', 'sw.js', ...chunks.map((name) => `assets/${name}`)]
  for (const file of files) {
    const text = readFileSync(join(dist, file), 'utf8').replace(names, next)
    writeFileSync(
      join(dist, file),
      text.replace(/"revision":"\w+","url":"index.html"/, '"revision":"next","url":"index.html"'),
    )
  }
  for (const name of chunks) renameSync(join(dist, 'assets', name), join(dist, 'assets', next(name)))
}

const isNext = (page: Page) => page.locator('script[src*=".next."]').count().then(Boolean)

beforeAll(async () => {
  cpSync(process.env.HADIR_DIST ?? 'dist', dist, { recursive: true })
  chunks = readdirSync(join(dist, 'assets'))
  site = await openSite({ HADIR_DIST: dist })
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
    releaseNext()
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
