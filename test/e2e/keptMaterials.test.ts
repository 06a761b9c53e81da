import { randomBytes } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gatePath } from '../../src/core/gate.ts'
import { openPhone, type Phone, waitUntil } from '../support/phone.ts'
import { addMaterial, card, hashOf, isOnServer, makeFilm, signIn } from './materialSteps.ts'
import { button, openGate, openSite, type Site, setUp } from './site.ts'

const host = 'aula.contoh'
let site: Site
let office: Phone
let guest: Phone
let plain: Phone
let eventPath: string
let door: string

beforeAll(async () => {
  site = await openSite()
  office = await openPhone(site.url)
  guest = await openPhone(site.url)
  plain = await openPhone(`http://${host}:${site.port}`, { host })
  eventPath = await setUp(office, site)
  door = gatePath(await openGate(office, eventPath))
})

afterAll(async () => {
  expect([office, guest, plain].flatMap(({ errors }) => errors)).toEqual([])
  for (const phone of [office, guest, plain]) await phone?.close()
  await site?.stop()
})

/** A line on which one part of a file gets through, up or down, and each further one takes until it is given up. */
function jamLine(): void {
  const send = window.fetch
  let parts = 0
  window.fetch = async (input, init) => {
    const isPart = /\/files\/\S/.test(String(input instanceof Request ? input.url : input))
    if (isPart && parts++ > 0)
      await new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)))
    return send(input, init)
  }
}

/** Bytes of chance behind the beginning of a film. */
function makeRecording(sizeBytes: number): Buffer {
  const recording = randomBytes(sizeBytes)
  recording.set(Buffer.from('\0\0\0\x18ftypisom'))
  return recording
}
const [recording, second, wrong] = [makeRecording(2_000_000), makeRecording(1_000_000), makeRecording(1_500_000)]
const mp4 = (name: string, buffer: Buffer) => ({ name, mimeType: 'video/mp4', buffer })

const film = makeFilm()

async function isPlayable(): Promise<boolean> {
  const video = document.querySelector('video')
  return video !== null && video.readyState >= 2
}

/** Seeks, and says what is to be seen there. */
function pictureAt(page: Page, seconds: number): Promise<string> {
  return page.locator('video').evaluate(async (video: HTMLVideoElement, to) => {
    const found = new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }))
    video.currentTime = to
    await found
    const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 48 })
    canvas.getContext('2d')?.drawImage(video, 0, 0)
    return `${video.currentTime} ${canvas.toDataURL()}`
  }, seconds)
}

/** How many parts of a content a phone keeps, its label included. */
function countKept(page: Page, content: Buffer): Promise<number> {
  return page.evaluate(async (hash) => {
    const kept = (await caches.has('materi')) ? await (await caches.open('materi')).keys() : []
    return kept.filter(({ url }) => url.includes(hash)).length
  }, hashOf(content))
}

describe('a file on its way', () => {
  it('to the server is stopped, goes on in a browser that was opened again, and another is given up', async () => {
    await office.context().addInitScript(jamLine)
    let page = office.page()
    await addMaterial(page, eventPath, { title: 'Rekaman', choose: mp4('a.mp4', recording) })
    await card(page, 'Rekaman').getByText('Mengirim: 131 kB dari 2 MB').waitFor()
    await button(page, 'Jeda pengiriman Rekaman').click()
    await card(page, 'Rekaman').getByText('Dijeda: 131 kB dari 2 MB terkirim').waitFor()
    await addMaterial(page, eventPath, { title: 'Keliru', choose: mp4('b.mp4', wrong) })
    await card(page, 'Keliru').getByText('Mengirim: 131 kB dari 1,5 MB').waitFor()
    await button(page, 'Batalkan pengiriman Keliru').click()
    await expect.poll(() => card(page, 'Keliru').count()).toBe(0)

    await office.restart({ offline: false })
    page = office.page()
    await addMaterial(page, eventPath, { title: 'Kedua', choose: mp4('c.mp4', second) })
    await expect.poll(() => isOnServer(page, eventPath, second)).toBe(true)
    await card(page, 'Rekaman').getByText('Dijeda: 131 kB dari 2 MB terkirim').waitFor()
    expect(await isOnServer(page, eventPath, recording)).toBe(false)
    await button(page, 'Lanjutkan pengiriman Rekaman').click()
    await expect.poll(() => isOnServer(page, eventPath, recording)).toBe(true)
    expect(await isOnServer(page, eventPath, wrong)).toBe(false)
    expect(await card(page, 'Keliru').count()).toBe(0)
  })

  it('to a phone is stopped, goes on in a browser that was opened again, and another is given up', async () => {
    await guest.context().addInitScript(jamLine)
    let page = guest.page()
    await page.goto(door)
    await signIn(page, 'Contoh Pembaca')
    await guest.installed()
    await button(page, 'Simpan di perangkat: Rekaman').click()
    await card(page, 'Rekaman').getByText('Mengunduh: 524 kB dari 2 MB').waitFor()
    await button(page, 'Jeda unduhan Rekaman').click()
    await card(page, 'Rekaman').getByText('Dijeda: 524 kB dari 2 MB sudah tersimpan').waitFor()
    await button(page, 'Simpan di perangkat: Kedua').click()
    await card(page, 'Kedua').getByText('Mengunduh: 0 kB dari 1 MB').waitFor()
    await button(page, 'Batalkan unduhan Kedua').click()
    await button(page, 'Simpan di perangkat: Kedua').waitFor()
    await expect.poll(() => countKept(page, second)).toBe(0)

    await guest.restart({ offline: false })
    page = guest.page()
    await page.goto(door)
    await card(page, 'Rekaman').getByText('Dijeda: 524 kB dari 2 MB sudah tersimpan').waitFor()
    await button(page, 'Lanjutkan unduhan Rekaman').click()
    await card(page, 'Rekaman').getByText('Tersimpan di perangkat ini').waitFor()
    expect(await countKept(page, recording)).toBe(5)
  })
})

describe('a film of 51 MB', () => {
  it('is played and sought in from the copy on the phone, without a network', async () => {
    await addMaterial(office.page(), eventPath, { title: 'Film', choose: film.path })
    await expect
      .poll(() => isOnServer(office.page(), eventPath, film.content), { timeout: 60_000, interval: 500 })
      .toBe(true)
    let page = guest.page()
    await button(page, 'Simpan di perangkat: Film').click()
    await card(page, 'Film').getByText('Tersimpan di perangkat ini').waitFor()

    await guest.restart({ offline: true })
    page = guest.page()
    await page.goto(door)
    const answers: string[] = []
    page.on('response', (answer) => {
      if (answer.url().includes('/tersimpan/')) answers.push(answer.headers()['content-range'] ?? 'all of it')
    })
    await button(page, 'Buka Film').click()
    await waitUntil(page, isPlayable)
    /** The browser tells of an answer after it has used it. */
    await expect.poll(() => answers.some((range) => /^bytes 50\d{6}-/.test(range))).toBe(true)
    expect(answers.every((range) => range.endsWith(`/${film.content.length}`))).toBe(true)
    expect(await page.locator('video').getAttribute('src')).toBe(`/tersimpan/${hashOf(film.content)}`)
    const [late, early] = [await pictureAt(page, 3.5), await pictureAt(page, 0.5)]
    expect([parseFloat(late), parseFloat(early)]).toEqual([3.5, 0.5])
    expect(late.split(' ')[1]).not.toBe(early.split(' ')[1])
    await button(page, 'Kembali').click()
    await guest.setOffline(false)
  })

  it('opens from the server on plain http, where nothing can be kept and nothing offers it', async () => {
    const page = plain.page()
    await page.goto(door)
    await signIn(page, 'Contoh Tanpa Sandi')
    await page.getByText('Peramban ini tidak dapat menyimpan materi').waitFor()
    expect(await button(page, /Simpan.*di perangkat/).count()).toBe(0)
    await button(page, 'Buka Film').click()
    await button(page, 'Tampilkan tanpa menyimpan').click()
    await waitUntil(page, isPlayable)
    expect(await button(page, /Simpan.*di perangkat/).count()).toBe(0)
  })
})

describe('a material that was kept', () => {
  it('and is deleted frees its room when the event is next opened, and only that', async () => {
    await button(office.page(), 'Hapus Film dari kegiatan').click()
    const page = guest.page()
    await expect.poll(() => card(page, 'Film').count()).toBe(0)
    await page.reload()
    await card(page, 'Rekaman').getByText('Tersimpan di perangkat ini').waitFor()
    await expect.poll(() => countKept(page, film.content)).toBe(0)
    expect(await countKept(page, recording)).toBe(5)
  })
})

describe('a material behind a form', () => {
  it('opens to whoever has answered it', async () => {
    const desk = office.page()
    await desk.goto(`${eventPath}/umpan-balik`)
    await button(desk, 'Tambah formulir').click()
    await desk.getByRole('button', { name: 'Post-test', exact: true }).click()
    await button(desk, 'Buka formulir').click()
    await desk.getByText('Formulir terbuka').waitFor()
    await addMaterial(desk, eventPath, {
      title: 'Kunci jawaban',
      text: 'Jawaban yang benar',
      from: 'afterForm',
      form: 'Post-test',
    })
    const page = guest.page()
    await card(page, 'Kunci jawaban').getByText('Dapat dibuka setelah formulirnya diisi').waitFor()
    expect(await button(page, 'Buka Kunci jawaban').count()).toBe(0)
    await button(page, 'Isi Post-test').click()
    await page.locator('.questions > li').first().waitFor()
    for (const group of await page.locator('.questions fieldset:has(input[type=radio])').all())
      await group.locator('label').last().click()
    await button(page, 'Simpan jawaban').click()
    await button(page, 'Buka Kunci jawaban').click()
    await page.getByText('Jawaban yang benar').waitFor()
  })
})
