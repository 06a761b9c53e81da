import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addCanvasCamera, scanCode } from '../support/canvasCamera.ts'
import { openPhone, type Phone, waitUntil } from '../support/phone.ts'
import { button, countPresent, openSite, recordWalkIn, type Site, setUp, waitForStatus } from './site.ts'

let site: Site
let phone: Phone
let page: Page
let eventPath: string

beforeAll(async () => {
  site = await openSite()
  phone = await openPhone(site.url)
  await addCanvasCamera(phone.context())
  eventPath = await setUp(phone, site)
  page = phone.page()
})

afterAll(async () => {
  await phone?.close()
  await site?.stop()
})

const heading = (name: string | RegExp) => page.getByRole('heading', { name })

/**
 * Cuts off what the app's caches hold of files so named, as a full disk does, and what the browser keeps beside them;
 * how many there were.
 */
async function cutOff(names: string): Promise<number> {
  const devTools = await phone.context().newCDPSession(page)
  await devTools.send('Network.clearBrowserCache')
  return page.evaluate(async (path) => {
    const found = (await caches.keys()).map(async (name) => {
      const cache = await caches.open(name)
      const files = (await cache.keys()).filter(({ url }) => url.includes(path))
      for (const file of files) {
        const held = await cache.match(file)
        const bytes = await held?.arrayBuffer()
        await cache.put(file, new Response(bytes?.slice(0, bytes.byteLength / 2), { headers: held?.headers ?? {} }))
      }
      return files.length
    })
    return (await Promise.all(found)).reduce((sum, count) => sum + count, 0)
  }, names)
}

/** Dates the last start of the app back: starts that follow each other fast count as one. */
async function anHourAgo(): Promise<void> {
  const cache = await caches.open('tampilan')
  const starts = await (await cache.match('/dimulai'))?.json()
  await cache.put('/dimulai', new Response(JSON.stringify({ ...starts, lastAt: starts.lastAt - 3_600_000 })))
}

describe('a file of the app that is damaged on the device', () => {
  it('is found by the readiness check without being opened, and fetched anew', async () => {
    await page.goto(`${eventPath}/siap`)
    const complete = page.getByText('Aplikasi lengkap dan dapat dibuka tanpa internet')
    await complete.waitFor()
    expect(await cutOff('/assets/attendee-')).toBeGreaterThan(0)
    expect(await cutOff('/assets/team-Documents-')).toBe(1)
    await phone.setOffline(true)
    await button(page, 'Periksa lagi').click()
    await heading('Sebagian aplikasi belum tersimpan').waitFor()
    expect(await complete.count()).toBe(0)
    await phone.setOffline(false)
    await button(page, 'Unduh sisanya').click()
    await complete.waitFor()
    await phone.setOffline(true)
    await page.goto(`${eventPath}/dokumen`)
    await heading('Belum ada yang hadir').waitFor()
    await phone.setOffline(false)
  })

  it('is fetched anew when it is the scanner’s decoder, and the scanner says what to do without a network', async () => {
    expect(await cutOff('.wasm')).toBeGreaterThan(0)
    await phone.setOffline(true)
    await page.goto(`${eventPath}/pindai`)
    await heading('Pembaca kode belum ada atau rusak di perangkat ini').waitFor()
    await page.getByText('Hubungkan ke internet sebentar, lalu coba lagi.').waitFor()
    await phone.setOffline(false)
    await button(page, 'Coba lagi').click()
    await page.getByText('Arahkan ke kode QR').waitFor()
    await scanCode(page, 'WIFI:S:Aula;T:WPA;P:rahasia;;', 'Kode ini bukan kode Hadir')
    await phone.setOffline(true)
    await page.reload()
    await page.getByText('Arahkan ke kode QR').waitFor()
    await scanCode(page, 'WIFI:S:Aula;T:WPA;P:rahasia;;', 'Kode ini bukan kode Hadir')
    await phone.setOffline(false)
  })

  it('is fetched anew when the app does not open without it, and what is unsent is still there', async () => {
    await phone.context().route('**/api/**', (route) => route.abort())
    await recordWalkIn(page, eventPath, 'Sebelum Rusak')
    await page.goto(eventPath)
    const started = await page.locator('script[type=module][src]').first().getAttribute('src')
    expect(await cutOff(started ?? 'none')).toBe(1)
    expect(await cutOff('/assets/app-')).toBe(1)
    await page.reload()
    await waitUntil(page, async () => Boolean(await caches.match('/dimulai')))
    expect(await page.locator('main').count()).toBe(0)
    await page.evaluate(anHourAgo)
    await page.reload()
    await waitForStatus(page, /1 menunggu dikirim/)
    await phone.context().unroute('**/api/**')
    await page.reload()
    await waitForStatus(page, /Terkirim/)
    expect(await countPresent(phone, eventPath, 'Sebelum Rusak')).toBe(1)
  })
})
