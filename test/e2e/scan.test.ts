import type { Page } from 'playwright-core'
import { encode } from 'uqr'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addCanvasCamera, scanCode, toRows } from '../support/canvasCamera.ts'
import { writeVideo } from '../support/fakeCamera.ts'
import { openPhone, type Phone } from '../support/phone.ts'
import { violationsOf } from './faults.ts'
import { button, joinAsFacilitator, link, openGate, openSite, type Site, setUp } from './site.ts'

let site: Site
let office: Phone
let phone: Phone
let eventPath: string

const notOurs = 'Kode ini bukan kode Hadir'
const invites = 'Kode ini undangan untuk fasilitator'
const forAttendees = 'Kode ini untuk ponsel peserta'

beforeAll(async () => {
  site = await openSite()
  office = await openPhone(site.url)
  const seconds = 1.5
  const video = writeVideo([
    { text: 'WIFI:S:Aula;T:WPA;P:rahasia;;', seconds },
    { text: `${site.url}/gabung#K7QF-2MXA`, seconds },
    { text: `${site.url}/m/K7QF#2MXA`, seconds },
    { seconds: 2 },
  ])
  phone = await openPhone(site.url, { video })
  eventPath = await setUp(office, site)
  await joinAsFacilitator(phone, office, eventPath)
})

afterAll(async () => {
  expect([...phone.errors, ...office.errors]).toEqual([])
  await office?.close()
  await phone?.close()
  await site?.stop()
})

const outcome = (page: Page, title: string) => page.locator('.outcome', { hasText: title })
const scanned = (page: Page, title: string) => page.locator('.scanned', { hasText: title })

/** A photo of a code, as the system's camera would hand it over. */
async function photoOf(page: Page, text: string): Promise<Buffer> {
  const { data } = encode(text, { border: 4 })
  const address = await page.evaluate((rows) => {
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = rows.length * 8
    const context = canvas.getContext('2d')
    rows.forEach((row, y) => {
      row.forEach((isDark, x) => {
        if (!context) return
        context.fillStyle = isDark ? '#222' : '#eee'
        context.fillRect(x * 8, y * 8, 8, 8)
      })
    })
    return canvas.toDataURL('image/jpeg')
  }, data)
  return Buffer.from(address.split(',')[1] ?? '', 'base64')
}

/** As fast as hardware types, which a busy machine that is asked for key after key does not manage. */
function typeLikeScanner(page: Page, text: string): Promise<void> {
  return page.evaluate((keys) => {
    const press = (key: string) =>
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    for (const key of [...keys, 'Enter']) press(key)
  }, text)
}

describe('the scanner', () => {
  it('opens from check-in with one tap and takes one code after the other, also after a cold start without a network', async () => {
    await phone.restart({ offline: true })
    const page = phone.page()
    await page.goto(`${eventPath}/hadir`)
    await link(page, 'Pindai kode').click()
    await page.getByText('Arahkan ke kode QR').waitFor()
    expect(await violationsOf(page)).toEqual([])
    for (const title of [notOurs, invites, forAttendees, notOurs]) await outcome(page, title).waitFor()
    expect(await violationsOf(page)).toEqual([])
    expect(await scanned(page, notOurs).count()).toBeGreaterThan(0)
    await phone.setOffline(false)
  })

  it('lets go of the camera when the screen is left', async () => {
    const page = phone.page()
    const track = await page.evaluateHandle(() => {
      const stream = document.querySelector('video')?.srcObject
      return stream instanceof MediaStream ? stream.getVideoTracks()[0] : undefined
    })
    expect(await track.evaluate((it) => it?.readyState)).toBe('live')
    await page.locator('.outcome').waitFor()
    await link(page, 'Kembali').click()
    await expect.poll(() => track.evaluate((it) => it?.readyState)).toBe('ended')
  })
})

describe('where the camera is refused', () => {
  it('says what to do, and takes codes that are typed, photographed or read by a hardware scanner', async () => {
    const page = office.page()
    await page.goto(`${eventPath}/pindai`)
    await page.getByRole('heading', { name: 'Kamera belum diizinkan' }).waitFor()
    await button(page, 'Coba lagi').waitFor()

    await page.getByLabel('Kode', { exact: true }).fill('sembarang')
    await button(page, 'Periksa kode').click()
    await scanned(page, notOurs).waitFor()

    await page.locator('input[type=file]').setInputFiles({
      name: 'foto.jpg',
      mimeType: 'image/jpeg',
      buffer: await photoOf(page, `${site.url}/gabung#K7QF-2MXA`),
    })
    await scanned(page, invites).waitFor()
    await page.locator('input[type=file]').setInputFiles({
      name: 'foto.jpg',
      mimeType: 'image/jpeg',
      buffer: Buffer.from('bukan foto'),
    })
    await scanned(page, 'Foto tidak dapat dibaca').waitFor()

    await button(page, 'Coba lagi').focus()
    await typeLikeScanner(page, `${site.url}/m/K7QF#2MXA`)
    await scanned(page, forAttendees).waitFor()
    await expect.poll(() => page.locator('.scanned').count()).toBe(4)
  })
})

describe('an attendee’s scanner', () => {
  it('goes through the door that is held up, and past all other codes', async () => {
    const guest = await openPhone(site.url)
    await addCanvasCamera(guest.context())
    const page = guest.page()
    await page.goto('/m')
    await link(page, 'Pindai kode QR').click()
    await page.getByText('Arahkan ke kode QR').waitFor()
    await scanCode(page, 'WIFI:S:Aula;T:WPA;P:rahasia;;', 'Kode ini bukan kode kegiatan')
    await page.evaluate((rows) => window.holdUp(rows), toRows(`${site.url}/m/K7QF#2MXA`))
    await page.waitForURL('**/m/K7QF')
    expect(guest.errors).toEqual([])
    await guest.close()
  })

  it('without a camera says so, and takes the letters of the wall', async () => {
    const code = await openGate(office, eventPath)
    const guest = await openPhone(site.url, { video: 'noCamera' })
    const page = guest.page()
    await page.goto('/pindai')
    await page.getByRole('heading', { name: 'Perangkat ini tidak memiliki kamera' }).waitFor()
    await page.getByText('Halaman ini untuk peserta').waitFor()
    expect(await page.getByText('belum masuk').count()).toBe(0)
    await link(page, 'Kembali').click()
    await page.getByLabel('Kode kegiatan').waitFor()
    await page.goBack()
    await page.getByLabel('Kode', { exact: true }).fill(`${code.slice(0, 4)} ${code.slice(4)}`.toLowerCase())
    await button(page, 'Periksa kode').click()
    await page.getByLabel('Nama lengkap').waitFor()
    await guest.close()
  })

  it('has the light and every camera of the phone, remembers the camera, and can be felt', async () => {
    const guest = await openPhone(site.url, { video: 'twoCameras' })
    const page = guest.page()
    /** Chromium's made-up cameras have no light, and its made-up phone does not shake. */
    await page.addInitScript(() => {
      const felt: unknown[] = []
      Object.assign(window, { felt })
      Reflect.set(MediaStreamTrack.prototype, 'getCapabilities', () => ({ torch: true }))
      MediaStreamTrack.prototype.applyConstraints = async (wanted) => void felt.push(wanted)
      navigator.vibrate = (pulses) => felt.push(pulses) > 0
    })
    const felt = () => page.evaluate((): unknown => Reflect.get(window, 'felt'))
    const camera = () =>
      page.evaluate(() => {
        const stream = document.querySelector('video')?.srcObject
        return stream instanceof MediaStream ? stream.getVideoTracks()[0]?.getSettings().deviceId : undefined
      })
    await page.goto('/pindai')
    await button(page, 'Nyalakan senter').click()
    await button(page, 'Matikan senter').waitFor()
    const first = await camera()
    await button(page, 'Ganti kamera').click()
    await button(page, 'Nyalakan senter').waitFor()
    await expect.poll(camera).not.toBe(first)
    const second = await camera()
    expect(typeof second).toBe('string')
    await button(page, 'Ketik kode').click()
    await page.getByLabel('Kode', { exact: true }).fill('sembarang')
    await button(page, 'Periksa kode').click()
    await scanned(page, 'Kode ini bukan kode kegiatan').waitFor()
    await expect.poll(felt).toEqual([{ advanced: [{ torch: true }] }, [250]])
    await page.reload()
    await button(page, 'Ganti kamera').waitFor()
    await expect.poll(camera).toBe(second)
    expect(guest.errors).toEqual([])
    await guest.close()
  })

  it('on plain http says that the address gives no camera', async () => {
    const guest = await openPhone(site.url, { host: 'aula.contoh' })
    const page = guest.page()
    await page.goto(`http://aula.contoh:${site.port}/pindai`)
    await page.getByRole('heading', { name: 'Kamera tidak dapat dipakai di alamat ini' }).waitFor()
    expect(await button(page, 'Coba lagi').count()).toBe(0)
    await guest.close()
  })

  it('says that another app has the camera, and goes on once it is free', async () => {
    const guest = await openPhone(site.url, { video: writeVideo([{ seconds: 1 }]) })
    const page = guest.page()
    /** Chromium's made-up camera is never in use: it refuses as Windows and Android do, until it is let go. */
    await page.addInitScript(() => {
      const devices = navigator.mediaDevices
      const free = devices.getUserMedia.bind(devices)
      devices.getUserMedia = (wanted) =>
        'isFree' in window ? free(wanted) : Promise.reject(new DOMException('in use', 'NotReadableError'))
    })
    await page.goto('/pindai')
    await page.getByRole('heading', { name: 'Kamera sedang dipakai aplikasi lain' }).waitFor()
    await page.evaluate(() => Object.assign(window, { isFree: true }))
    await button(page, 'Coba lagi').click()
    await page.getByText('Arahkan ke kode QR').waitFor()
    await guest.close()
  })
})
