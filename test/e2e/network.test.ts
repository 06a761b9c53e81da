import { createServer, type RequestListener, type Server } from 'node:http'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatTime } from '../../src/core/time.ts'
import { openPhone, type Phone } from '../support/phone.ts'
import { joinAsFacilitator, link, openSite, recordWalkIn, type Site, setUp, waitForStatus } from './site.ts'

const hourMs = 3_600_000

let site: Site
let office: Phone
let phone: Phone
let page: Page
let eventPath: string

/** Everything that the status line of the facilitator's phone has said, in order. */
const said: string[] = []
const names = ['Tanpa Sinyal', 'Server Mati', 'Wifi Umum', 'Server Diam']

/** Something that is not Hadir, in its place on the network. */
async function standIn(answer: RequestListener): Promise<Server> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(site.port, '127.0.0.1', resolve))
  return server
}

async function end(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeAllConnections()
  await closed
}

/** Records one more person, and holds the app to the truth about all that is on this device only. */
async function recordAndAsk(count: number, reason: RegExp): Promise<void> {
  const name = names[count - 1] ?? ''
  await recordWalkIn(page, eventPath, name)
  await waitForStatus(page, new RegExp(`Tersimpan di perangkat: ${count} menunggu dikirim`))
  await page.goto('/status')
  await page.getByText(reason).first().waitFor()
  await page.getByText(`${count} hanya di perangkat ini`).waitFor()
  await page.getByText('jangan dikosongkan atau diserahkan dahulu').waitFor()
}

beforeAll(async () => {
  site = await openSite()
  office = await openPhone(site.url)
  phone = await openPhone(site.url)
  eventPath = await setUp(office, site)
  await joinAsFacilitator(phone, office, eventPath)
  page = phone.page()
  await page.exposeFunction('heard', (words: string) => said.push(words))
  await page.addInitScript(() => {
    const tell = () => {
      const words = document.querySelector('.status-line')?.textContent
      if (words && 'heard' in window && typeof window.heard === 'function') window.heard(words)
    }
    new MutationObserver(tell).observe(document, { subtree: true, childList: true, characterData: true })
  })
  await page.goto(eventPath)
  await waitForStatus(page, /Terkirim/)
})

afterAll(async () => {
  for (const device of [office, phone]) await device?.close()
  await site?.stop()
})

describe('no network', () => {
  it('1. the phone has no signal', async () => {
    await phone.setOffline(true)
    await recordAndAsk(1, /Server tidak terhubung/)
    said.length = 0
  })

  it('2. the server is down', async () => {
    await site.stop()
    await phone.setOffline(false)
    await recordAndAsk(2, /Server tidak terhubung/)
  })

  it('3. a captive portal answers everything with its own page', async () => {
    const portal = await standIn((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Wi-Fi Hotel</title>')
    })
    await recordAndAsk(3, /buka dahulu halaman masuk Wi-Fi/)
    await end(portal)
  })

  it('4. a server accepts and never answers', async () => {
    const silent = await standIn(() => undefined)
    await recordAndAsk(4, /belum terhubung/i)
    await end(silent)
  })

  it('never called anything sent meanwhile, nor nothing waiting', () => {
    expect(said.length).toBeGreaterThan(8)
    expect(said.filter((words) => /Terkirim|tidak ada perubahan/.test(words))).toEqual([])
  })

  it('everything arrives once, with no click, when the server is back', async () => {
    await site.start()
    await waitForStatus(page, /Terkirim/)
    const reader = office.page()
    await reader.goto(`${eventPath}/peserta?hadir=tambahan`)
    for (const name of names) {
      await expect.poll(() => link(reader, new RegExp(name)).count()).toBe(1)
    }
    await reader.goto(eventPath)
    await expect.poll(() => reader.locator('.figure-number').textContent()).toBe('4')
    expect([...phone.errors, ...office.errors]).toEqual([])
  })
})

describe('a clock that is three hours ahead', () => {
  it('is pointed out, and what is printed is right all the same', async () => {
    const ahead = await openPhone(site.url, { clockAheadMs: 3 * hourMs })
    await joinAsFacilitator(ahead, office, eventPath)
    const earliest = Date.now()
    await recordWalkIn(ahead.page(), eventPath, 'Jam Salah')
    const latest = Date.now()
    await waitForStatus(ahead.page(), /Terkirim/)
    const reader = office.page()
    await reader.goto(`${eventPath}/hadir`)
    const row = await link(reader, /Jam Salah/).textContent()
    expect([earliest, latest].map((at) => formatTime(at, 'WIB')).some((time) => row?.includes(time))).toBe(true)
    await ahead.page().goto('/status')
    await ahead.page().getByText('berbeda lebih dari lima menit').waitFor()
    await ahead.close()
  })
})
