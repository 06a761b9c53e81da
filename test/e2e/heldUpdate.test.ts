import { readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPhone, type Phone, waitUntil } from '../support/phone.ts'
import { copyApp, lookForUpdate, shownVersion } from './releases.ts'
import { button, countPresent, openSite, recordWalkIn, type Site, setUp, waitForStatus } from './site.ts'

const app = copyApp()
const firstChunks = app.chunks()

let site: Site
let phone: Phone
let eventPath: string

beforeAll(async () => {
  site = await openSite({ HADIR_DIST: app.dist })
  phone = await openPhone(site.url)
  eventPath = await setUp(phone, site)
})

afterAll(async () => {
  await phone?.close()
  await site?.stop()
})

/** Brings the next version to the phone, where it waits; what the server has of the version before is gone. */
async function releaseNext(): Promise<void> {
  app.releaseNext()
  const page = phone.page()
  await page.evaluate(async () => void (await navigator.serviceWorker.getRegistration())?.update())
  await waitUntil(page, async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting))
}

/** Closes every tab, with the browser, and opens the app again: from then on the newest worker answers. */
async function closeAndOpen(at = eventPath): Promise<Page> {
  await phone.restart({ offline: false })
  const page = phone.page()
  await page.goto(at)
  await waitUntil(page, async () => !(await navigator.serviceWorker.getRegistration())?.waiting)
  return page
}

/** Gives the page that the worker holds a script that is nowhere. */
async function breakHeldPage(): Promise<void> {
  const cache = await caches.open('tampilan')
  const page = await cache.match('/index.html')
  const text = (await page?.text())?.replaceAll('.version4.', '.gone.')
  await cache.put('/index.html', new Response(text, { headers: page?.headers ?? {} }))
}

/** Dates the last start of the held page back. */
async function anHourAgo(): Promise<void> {
  const cache = await caches.open('tampilan')
  const starts = await (await cache.match('/dimulai'))?.json()
  await cache.put('/dimulai', new Response(JSON.stringify({ ...starts, lastAt: starts.lastAt - 3_600_000 })))
}

/** Which of these the app's caches lack, whatever else the browser has kept; what shows PDFs is not installed. */
async function lacking(chunks: string[]): Promise<string[]> {
  const files = chunks.filter((name) => name.endsWith('.js') && !name.startsWith('pdf-'))
  return phone.page().evaluate(async (names) => {
    const found = await Promise.all(names.map((name) => caches.match(`/assets/${name}`)))
    return names.filter((_, i) => !found[i])
  }, files)
}

describe('[S10] an update that the browser begins by itself, as every tab was closed', () => {
  it('is held back while work is unsent, without a network and through a further version, too', async () => {
    /** As after a full disk: the page that is to be held on is not kept. */
    await phone.page().evaluate(() => caches.delete('tampilan'))
    await phone.page().reload()
    await waitUntil(phone.page(), async () => Boolean(await caches.match('/index.html', { cacheName: 'tampilan' })))
    await site.stop()
    await recordWalkIn(phone.page(), eventPath, 'Sebelum Pembaruan')
    for (const version of [2, 3]) {
      await site.start()
      await phone.context().route('**/api/**', (route) => route.abort())
      await releaseNext()
      await site.stop()
      const page = await closeAndOpen()
      await page.getByText('1 perubahan belum terkirim. Simpan berkas penyelamat dahulu').waitFor()
      expect([version, await shownVersion(page)]).toEqual([version, 1])
      await button(page, 'Nanti').click()
      expect(await page.getByText('Versi baru Hadir').count()).toBe(0)
    }
    expect(await lacking(firstChunks)).toEqual([])
    await waitUntil(phone.page(), async () => !(await caches.match('/dimulai')))
    await recordWalkIn(phone.page(), eventPath, 'Sesudah Pembaruan')
    await waitForStatus(phone.page(), /2 menunggu dikirim/)
  })

  it('comes once a rescue file was saved and a person agreed, in every tab', async () => {
    const page = phone.page()
    await page.reload()
    const other = await phone.context().newPage()
    await other.goto(eventPath)
    await other.getByText('Simpan berkas penyelamat dahulu').waitFor()
    await page.getByText('Simpan berkas penyelamat dahulu').waitFor()
    expect(await button(page, 'Perbarui').count()).toBe(0)
    const [file] = await Promise.all([page.waitForEvent('download'), button(page, 'Simpan berkas penyelamat').click()])
    expect(readFileSync(await file.path(), 'utf8')).toMatch(/Sebelum Pembaruan.*Sesudah Pembaruan/s)
    await page.getByLabel(/^Sudah saya periksa/).check()
    await button(page, 'Perbarui').click()
    for (const tab of [page, other]) await expect.poll(() => shownVersion(tab)).toBe(3)
    await other.close()
    await site.start()
    await waitForStatus(page, /Terkirim/)
    expect(await countPresent(phone, eventPath, 'Sebelum Pembaruan')).toBe(1)
    expect(await countPresent(phone, eventPath, 'Sesudah Pembaruan')).toBe(1)
  })

  it('comes by itself at a start that finds everything sent and no other tab, with all that it had', async () => {
    await releaseNext()
    await site.stop()
    await recordWalkIn(phone.page(), eventPath, 'Di Dua Tab')
    /** What the browser keeps beside the app's own caches must not stand in for them. */
    const browser = await phone.context().newCDPSession(phone.page())
    await browser.send('Network.clearBrowserCache')
    const page = await closeAndOpen()
    expect(await lacking(app.chunks())).toEqual([])
    const other = await phone.context().newPage()
    await other.goto(eventPath)
    await site.start()
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await waitForStatus(page, /Terkirim/)
    await page.reload()
    await button(page, 'Perbarui').waitFor()
    expect(await shownVersion(page)).toBe(3)
    await other.close()
    await site.stop()
    await page.reload()
    await expect.poll(() => shownVersion(page)).toBe(4)
    expect(await page.getByText('Versi baru Hadir').count()).toBe(0)
    await site.start()
  })

  it('comes when the version before has not come up three times, and has its work', async () => {
    await releaseNext()
    await site.stop()
    await recordWalkIn(phone.page(), eventPath, 'Tidak Terbuka')
    await closeAndOpen()
    await phone.page().getByText('Simpan berkas penyelamat dahulu').waitFor()
    const page = phone.page()
    await page.evaluate(breakHeldPage)
    for (const _start of [1, 2, 3]) {
      await page.reload()
      await page.reload()
      expect(await shownVersion(page)).not.toBe(5)
      await page.evaluate(anHourAgo)
    }
    await page.reload()
    await waitForStatus(page, /1 menunggu dikirim/)
    expect(await shownVersion(page)).toBe(5)
    await site.start()
    expect(await countPresent(phone, eventPath, 'Tidak Terbuka')).toBe(1)
    await waitForStatus(page, /Terkirim/)
    expect(phone.errors).toEqual([])
  })
})

describe('an update on a line that breaks', () => {
  it('is not installed before it has all with which the version before it works', async () => {
    app.releaseNext()
    const chunk = app.chunks().find((name) => name.startsWith('team-Documents-')) ?? ''
    const [path, aside] = [join(app.dist, 'assets', chunk), join(app.dist, chunk)]
    renameSync(path, aside)
    expect(await lookForUpdate(phone.page())).toBe('redundant')
    renameSync(aside, path)
    expect(await lookForUpdate(phone.page())).toBe('installed')
  })

  it('is held back, and the readiness check counts the files of the version that is shown', async () => {
    await site.stop()
    await recordWalkIn(phone.page(), eventPath, 'Sebelum Berangkat')
    const page = await closeAndOpen(`${eventPath}/siap`)
    expect(await shownVersion(page)).toBe(5)
    const complete = page.getByText('Aplikasi lengkap dan dapat dibuka tanpa internet')
    await complete.waitFor()
    await page.evaluate(async () => {
      const cache = await caches.open('hadir-5')
      for (const file of await cache.keys()) if (file.url.includes('/team-Documents-')) await cache.delete(file)
    })
    await button(page, 'Periksa lagi').click()
    await page.getByRole('heading', { name: 'Sebagian aplikasi belum tersimpan' }).waitFor()
    expect(await complete.count()).toBe(0)
    await site.start()
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await waitForStatus(page, /Terkirim/)
    await closeAndOpen(`${eventPath}/siap`)
    await expect.poll(() => shownVersion(phone.page())).toBe(6)
    await phone.page().getByText('Aplikasi lengkap dan dapat dibuka tanpa internet').waitFor()
  })
})
