import { jsPDF } from 'jspdf'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gatePath } from '../../src/core/gate.ts'
import { openPhone, type Phone, waitUntil } from '../support/phone.ts'
import { violationsOf } from './faults.ts'
import { addMaterial, card, isOnServer, type NewMaterial, signIn } from './materialSteps.ts'
import { button, link, openGate, openSite, type Site, setUp, waitForStatus } from './site.ts'

let site: Site
let office: Phone
let guest: Phone
let eventPath: string
let door: string

beforeAll(async () => {
  site = await openSite()
  ;[office, guest] = [await openPhone(site.url), await openPhone(site.url)]
  eventPath = await setUp(office, site)
  door = gatePath(await openGate(office, eventPath))
})

afterAll(async () => {
  expect([office, guest].flatMap(({ errors }) => errors)).toEqual([])
  for (const phone of [office, guest]) await phone?.close()
  await site?.stop()
})

function makePdf(): Buffer {
  const pdf = new jsPDF()
  pdf.text('Materi contoh', 20, 20)
  pdf.addPage()
  pdf.addJS('app.alert("dijalankan"); globalThis.ran = true;')
  return Buffer.from(pdf.output('arraybuffer'))
}

/** A film that begins like one, and then is none: what a phone whose battery died while filming leaves. */
const brokenFilm = Buffer.alloc(2_500_000, 7)
brokenFilm.set(Buffer.from([0, 0, 0, 24, ...Buffer.from('ftypisom'), 0, 0, 2, 0, ...Buffer.from('isomiso2')]))
const slides = makePdf()

/** A line that breaks at every fourth request for a file; what waits for it goes on after a second. */
function breakLine(): void {
  const { random } = Math
  Math.random = () => random() / 1_000
  const send = window.fetch
  let requests = 0
  window.fetch = (input, init) => {
    const isFile = String(input instanceof Request ? input.url : input).includes('/files')
    return isFile && requests++ % 4 === 0 ? Promise.reject(new TypeError('the line broke')) : send(input, init)
  }
}

/** No record finds room until something is let go of. */
function fillDisk(): void {
  let isFull = true
  const { add } = IDBObjectStore.prototype
  IDBObjectStore.prototype.add = function (...given) {
    if (isFull && this.name === 'outbox') throw new DOMException('full', 'QuotaExceededError')
    return add.apply(this, given)
  }
  const drop = Cache.prototype.delete
  Cache.prototype.delete = function (...given) {
    isFull = false
    return drop.apply(this, given)
  }
}

async function choose(page: Page, language: 'id' | 'en'): Promise<void> {
  await page.evaluate((chosen) => localStorage.setItem('hadir.language', chosen), language)
}

const add = (page: Page, material: NewMaterial) => addMaterial(page, eventPath, material)

describe('materials of an event', () => {
  it('are added without a network, outlive the browser, and arrive whole over a line that breaks', async () => {
    await office.setOffline(true)
    let page = office.page()
    await page.goto(`${eventPath}/materi`)
    await page.getByText('Belum ada materi').waitFor()
    await add(page, { choose: { name: 'Video_kegiatan.mp4', mimeType: 'video/mp4', buffer: brokenFilm } })
    await card(page, 'Video kegiatan').getByText('Menunggu jaringan: 0 kB dari 2,5 MB terkirim').waitFor()
    await add(page, { title: 'Paparan', choose: { name: 'paparan.pdf', mimeType: 'application/pdf', buffer: slides } })
    await add(page, { title: 'Ringkasan', text: 'Baris satu\nBaris dua' })
    await add(page, { title: 'Kunci jawaban', text: 'hanya panitia', audience: 'team' })
    await add(page, { title: 'Rangkuman akhir', text: 'sesudahnya', from: 'afterSession' })
    expect(await violationsOf(page)).toEqual([])

    await page.goto(eventPath)
    const line = page.locator('.status-line', { hasText: /\d+ menunggu/ })
    const waiting = /\d+/.exec((await line.textContent()) ?? '')?.[0]
    await link(page, new RegExp(`^${waiting} perubahan belum terkirim`)).waitFor()

    await office.restart({ offline: true })
    await office.context().addInitScript(breakLine)
    page = office.page()
    await page.goto(`${eventPath}/materi`)
    await card(page, 'Paparan')
      .getByText(/Menunggu jaringan/)
      .waitFor()
    await button(page, 'Buka Paparan').click()
    await button(page, 'Lihat di sini').or(page.getByText('Halaman 1 dari 2')).first().waitFor()
    await link(page, 'Kembali').click()
    await office.setOffline(false)
    await expect.poll(() => page.getByText(/Menunggu jaringan|Mengirim/).count()).toBe(0)
    await waitForStatus(page, /^Terkirim/)
    await expect.poll(() => isOnServer(page, eventPath, brokenFilm)).toBe(true)
    await expect.poll(() => isOnServer(page, eventPath, slides)).toBe(true)
    await card(page, 'Paparan').getByText('Ada di perangkat ini').waitFor()
    expect(await page.getByText('belum ada di perangkat ini').count()).toBe(0)
  })

  it('tell attendees what a download takes, come in parts, and open when there is no server any more', async () => {
    await guest.context().addInitScript(breakLine)
    let page = guest.page()
    await page.goto(door)
    await signIn(page, 'Contoh Pembaca')
    await page.getByRole('heading', { name: 'Materi' }).waitFor()
    await guest.installed()
    await page.reload()
    await card(page, 'Video kegiatan').getByText('Berkas MP4 · 2,5 MB (± Rp 20)').waitFor()
    await card(page, 'Rangkuman akhir').getByText('Dapat dibuka setelah sesi terakhir selesai').waitFor()
    expect(await button(page, 'Buka Rangkuman akhir').count()).toBe(0)
    expect(await page.getByText('Kunci jawaban').count()).toBe(0)
    expect(await page.evaluate(() => caches.has('materi'))).toBe(false)
    expect(await violationsOf(page)).toEqual([])

    await button(page, 'Simpan semua di perangkat').click()
    await expect.poll(() => page.getByText('Tersimpan di perangkat ini').count()).toBe(2)
    /** What shows PDFs has followed. */
    await waitUntil(page, async () => {
      const names = await caches.keys()
      const files = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
      return files.flat().filter(({ url }) => url.includes('/assets/pdf-')).length >= 3
    })
    await waitForStatus(page, /^Terkirim/)
    await site.stop()

    await guest.restart({ offline: true })
    page = guest.page()
    await page.goto(door)
    await button(page, 'Buka Ringkasan').click()
    await page.getByText('Baris satu').waitFor()
    await page.goBack()
    await button(page, 'Buka Video kegiatan').click()
    await page.getByText(/Berkas ini rusak atau tidak dapat diputar/).waitFor()
    await button(page, 'Kembali').click()
    await button(page, 'Buka Paparan').click()
    const here = button(page, 'Lihat di sini')
    const first = page.getByText('Halaman 1 dari 2')
    await here.or(first).first().waitFor()
    if (await here.isVisible()) await here.click()
    await first.waitFor()
    await button(page, 'Berikutnya').click()
    await page.getByText('Halaman 2 dari 2').waitFor()
    expect(await page.evaluate(() => 'ran' in window)).toBe(false)
    expect(await violationsOf(page)).toEqual([])
    await button(page, 'Kembali').click()
  })

  it('leave a full phone before a signature does', async () => {
    const page = guest.page()
    await page.evaluate(fillDisk)
    await button(page, 'Isi untuk orang lain').click()
    await signIn(page, 'Contoh Kedua')
    await expect.poll(() => page.getByText('Tersimpan di perangkat ini').count()).toBe(0)
    await page.reload()
    await page.locator('.receipt', { hasText: 'Contoh Kedua' }).waitFor()
    await button(page, 'Simpan di perangkat: Video kegiatan').waitFor()
  })

  it('are counted for the organizers, by device, in both languages', async () => {
    await site.start()
    await guest.setOffline(false)
    await waitForStatus(guest.page(), /^Terkirim/)
    const page = office.page()
    await page.goto(`${eventPath}/materi`)
    await card(page, 'Paparan')
      .getByText(/dibuka 1, disimpan 1$/)
      .waitFor()
    await card(page, 'Ringkasan')
      .getByText(/dibuka 1, disimpan 0$/)
      .waitFor()
    await button(page, 'Hapus Kunci jawaban dari kegiatan').click()
    await page.getByText('Kunci jawaban dihapus dari kegiatan').waitFor()
    await button(page, 'Urungkan').click()
    await card(page, 'Kunci jawaban').waitFor()
    await choose(page, 'en')
    await page.reload()
    await card(page, 'Paparan').getByText('Participants and team').waitFor()
    expect(await violationsOf(page)).toEqual([])
  })
})
