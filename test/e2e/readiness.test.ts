import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPhone, type Phone } from '../support/phone.ts'
import { addMaterial } from './materialSteps.ts'
import { button, joinAsFacilitator, link, openSite, recordWalkIn, type Site, setUp, waitForStatus } from './site.ts'

let site: Site
let office: Phone
let phone: Phone
let page: Page
let eventPath: string

beforeAll(async () => {
  site = await openSite()
  office = await openPhone(site.url)
  phone = await openPhone(site.url)
  eventPath = await setUp(office, site)
  await joinAsFacilitator(phone, office, eventPath)
  page = phone.page()
})

afterAll(async () => {
  await office?.close()
  await phone?.close()
  await site?.stop()
})

const heading = (name: string | RegExp) => page.getByRole('heading', { name })

/** What the browser would decide by itself for an installed app. */
async function allowLastingStorage(): Promise<void> {
  const devTools = await phone.context().newCDPSession(page)
  const { origin } = new URL(site.url)
  await devTools.send('Browser.grantPermissions', { permissions: ['durableStorage'], origin })
}

/** The attendees' own screens. */
const neverOpened = '/assets/attendee-'

/** How many files so named are in the app's cache; `lose` takes them out, as a full browser may. */
function cachedFiles(names: string, lose = false): Promise<number> {
  return page.evaluate(
    async ([path = '', isLost]) => {
      const cache = await caches.open((await caches.keys())[0] ?? '')
      const files = (await cache.keys()).filter(({ url }) => url.includes(path))
      if (isLost) await Promise.all(files.map((file) => cache.delete(file)))
      return files.length
    },
    [names, lose ? 'lost' : ''],
  )
}

describe('before leaving coverage', () => {
  it('the check says what to do, does it, and is green', async () => {
    await page.goto(`${eventPath}/siap`)
    await heading('Penyimpanan belum dijaga peramban').waitFor()
    await button(page, 'Minta peramban menjaganya').click()
    await page.getByText('Peramban menolak untuk saat ini').waitFor()
    await allowLastingStorage()
    await button(page, 'Minta peramban menjaganya').click()
    await heading(/^Siap\. Kegiatan ini/).waitFor()
    await phone.setOffline(true)
    await page.reload()
    await heading(/^Siap\. Kegiatan ini/).waitFor()
    await phone.setOffline(false)
  })

  it('a screen that the browser has lost is found missing without being opened, and fetched again', async () => {
    expect(await cachedFiles(neverOpened, true)).toBeGreaterThan(0)
    expect(await cachedFiles(neverOpened)).toBe(0)
    await button(page, 'Periksa lagi').click()
    await expect.poll(() => cachedFiles(neverOpened)).toBeGreaterThan(0)
    /** What is said after a cold start without a network was looked up there. */
    await phone.setOffline(true)
    await page.reload()
    await heading(/^Siap\. Kegiatan ini/).waitFor()
    await phone.setOffline(false)
  })
})

describe('a look into every file, for which a slow phone needs longer than a silent worker is given', () => {
  it('is told of file by file', async () => {
    const told = await page.evaluate(
      () =>
        new Promise<{ steps: number; missing: number }>((resolve) => {
          const { port1, port2 } = new MessageChannel()
          let steps = 0
          port1.onmessage = ({ data }: MessageEvent<unknown>) => {
            if (typeof data === 'number') resolve({ steps, missing: data })
            else steps++
          }
          const asked = { type: 'COMPLETE_CACHE', groups: ['team'], thorough: true }
          navigator.serviceWorker.controller?.postMessage(asked, [port2])
        }),
    )
    expect(told.missing).toBe(0)
    /** The cache holds the list of its files as well. */
    expect(told.steps).toBeGreaterThanOrEqual((await cachedFiles('')) - 1)
  })
})

describe('the scanner, before leaving coverage', () => {
  it('is tried by reading a code, so that a decoder which is there but damaged is found', async () => {
    await page.evaluate(async () => {
      const cache = await caches.open((await caches.keys())[0] ?? '')
      for (const file of await cache.keys())
        if (file.url.endsWith('.wasm')) await cache.put(file, new Response('rusak'))
    })
    const devTools = await phone.context().newCDPSession(page)
    await devTools.send('Network.clearBrowserCache')
    await phone.setOffline(true)
    await button(page, 'Periksa lagi').click()
    await heading('Pembaca kode QR tidak berjalan').waitFor()
    await phone.setOffline(false)
    await button(page, 'Unduh sisanya').first().click()
    await heading(/^Siap\. Kegiatan ini/).waitFor()
  })
})

describe('the room that is left, before leaving coverage', () => {
  it('is asked for, since what Chrome says of it is made up', async () => {
    const devTools = await phone.context().newCDPSession(page)
    const { origin } = new URL(site.url)
    await devTools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 30_000_000 })
    await button(page, 'Periksa lagi').click()
    await heading('Ruang penyimpanan hampir habis').waitFor()
    await page.goto('/status')
    await page.getByText('15,6 MB').waitFor()
    await devTools.send('Storage.overrideQuotaForOrigin', { origin })
    await page.goto(`${eventPath}/siap`)
    await heading(/^Siap\. Kegiatan ini/).waitFor()
    await devTools.detach()
  })
})

describe('a PDF that is kept, before leaving coverage', () => {
  const viewer = '/assets/pdf-'
  const content = Buffer.from('%PDF-1.4\ntrailer<</Root 1 0 R>>\n%%EOF')

  it('counts the files that show it', async () => {
    await addMaterial(office.page(), eventPath, {
      title: 'Paparan Contoh',
      choose: { name: 'paparan.pdf', mimeType: 'application/pdf', buffer: content },
    })
    await heading('Ada materi yang belum tersimpan di perangkat ini').waitFor()
    await link(page, 'Buka daftar materi').click()
    await button(page, 'Simpan di perangkat').click()
    await page.getByText('Tersimpan di perangkat ini').waitFor()
    await expect.poll(() => cachedFiles(viewer)).toBeGreaterThan(4)
    await page.goto(`${eventPath}/siap`)
    await heading(/^Siap\. Kegiatan ini/).waitFor()
    await cachedFiles(viewer, true)
    const devTools = await phone.context().newCDPSession(page)
    await devTools.send('Network.clearBrowserCache')
    await phone.setOffline(true)
    await button(page, 'Periksa lagi').click()
    await heading('Sebagian aplikasi belum tersimpan').waitFor()
    await phone.setOffline(false)
    await button(page, 'Unduh sisanya').click()
    await heading(/^Siap\. Kegiatan ini/).waitFor()
  })
})

describe('a phone that never reaches the network again', () => {
  it('hands its work to another device as a file, and may be cleared once it is back', async () => {
    await phone.setOffline(true)
    await recordWalkIn(page, eventPath, 'Tamu Contoh Terselamatkan')
    await page.goto('/aman')
    await heading(/^Boleh ditutup, tetapi jangan dikosongkan/).waitFor()
    const download = page.waitForEvent('download')
    await button(page, 'Simpan berkas penyelamat').click()
    const file = await download
    expect(file.suggestedFilename()).toMatch(/^hadir-penyelamat-\d{4}-\d\d-\d\d\.json$/)
    /** The person, and the note that a file left the phone. */
    await waitForStatus(page, /2 menunggu dikirim/)

    const other = office.page()
    await other.goto('/cadangan-darurat')
    await other.locator('input[type=file]').setInputFiles(await file.path())
    await other.getByText(/^Dari Fasilitator Contoh \(/).waitFor()
    /** What that device carries goes out by itself, too: the button is gone once it has. */
    const delivered = other.getByText('2 sudah ada di server')
    await Promise.any([button(other, 'Kirim berkas penyelamat').click(), delivered.waitFor()])
    await delivered.waitFor()
    await other.goto(`${eventPath}/peserta?cari=terselamatkan`)
    await other.getByText('Tamu Contoh Terselamatkan').waitFor()

    await phone.setOffline(false)
    await waitForStatus(page, /Terkirim/)
    await heading('Aman ditutup, dikosongkan, atau diserahkan.').waitFor()
    expect([...phone.errors, ...office.errors]).toEqual([])
  })
})
