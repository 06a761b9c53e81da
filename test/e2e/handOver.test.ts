import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { jsPDF } from 'jspdf'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { openPhone, type Phone } from '../support/phone.ts'
import { faultsOf } from './faults.ts'
import { addMaterial, card, hashOf, isOnServer, signIn } from './materialSteps.ts'
import { button, link, openGate, openSite, type Site, setUp } from './site.ts'

/** A server of the hall's own network, as every phone there names it; its own machine calls it by a name of its own. */
const host = 'aula.contoh'
let site: Site
let venue: string
let office: Phone
let aula: Phone
let guest: Phone
let eventPath: string

const slides = makePdf()
const photo = readFileSync(new URL('../../public/icon-192.png', import.meta.url))

function makePdf(): Buffer {
  const pdf = new jsPDF()
  pdf.text('Materi contoh', 20, 20)
  pdf.addPage()
  return Buffer.from(pdf.output('arraybuffer'))
}

beforeAll(async () => {
  site = await openSite()
  venue = `http://${host}:${site.port}`
  office = await openPhone(site.url)
  aula = await openPhone(venue, { host })
  guest = await openPhone(venue, { host })
  eventPath = await setUp(office, site)
})

afterAll(async () => {
  expect([office, aula, guest].flatMap(({ errors }) => errors)).toEqual([])
  for (const phone of [office, aula, guest]) await phone?.close()
  await site?.stop()
})

/** A facilitator's phone on plain http, which installs nothing. */
async function joinOnPlainHttp(page: Page): Promise<void> {
  const desk = office.page()
  await desk.goto(`${eventPath}/tim`)
  await button(desk, 'Buat kode undangan').click()
  const code = (await desk.locator('.code').textContent()) ?? ''
  await page.goto(`/gabung#${code}`)
  await page.getByLabel('Nama Anda').fill('Fasilitator Contoh')
  await button(page, 'Gabung').click()
  await link(page, 'Buka kegiatan').click()
  await page.getByText('hadir · 60 diundang').waitFor()
}

/** What another phone's camera reads off the screen. */
async function scanned(page: Page): Promise<string | undefined> {
  const decoder = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(decoder)).buffer } })
  const picture = await page.locator('svg.qr').screenshot()
  return (await readBarcodes(new Uint8Array(picture), { formats: ['QRCode'] }))[0]?.text
}

async function openHandOver(page: Page, title: string): Promise<void> {
  await page.goto(`${eventPath}/materi`)
  await button(page, `Buka ${title}`).click()
  await link(page, 'Bagikan di tempat').click()
  await page.getByRole('heading', { level: 1, name: 'Bagikan di tempat' }).waitFor()
}

async function linkTo(title: string): Promise<string> {
  await openHandOver(aula.page(), title)
  return (await scanned(aula.page())) ?? ''
}

describe('a material handed over at the venue, on plain http', () => {
  it('is a code on a facilitator’s phone, once the attendees’ door is open', async () => {
    const desk = office.page()
    await addMaterial(desk, eventPath, { title: 'Kunci jawaban', text: 'hanya panitia', audience: 'team' })
    await addMaterial(desk, eventPath, { title: 'Ringkasan', text: 'Baris satu' })
    await addMaterial(desk, eventPath, {
      title: 'Paparan',
      choose: { name: 'paparan.pdf', mimeType: 'application/pdf', buffer: slides },
    })
    await addMaterial(desk, eventPath, {
      title: 'Denah',
      choose: { name: 'denah.png', mimeType: 'image/png', buffer: photo },
    })
    await expect.poll(() => isOnServer(desk, eventPath, slides)).toBe(true)
    await openHandOver(desk, 'Paparan')
    await desk.getByText('setelah pintu peserta dibuka').waitFor()
    await openGate(office, eventPath)

    const page = aula.page()
    await joinOnPlainHttp(page)
    await openHandOver(page, 'Kunci jawaban')
    await page.getByText('Materi ini hanya untuk tim').waitFor()
    expect(await page.locator('svg.qr').count()).toBe(0)
    await openHandOver(page, 'Paparan')
    expect(await scanned(page)).toMatch(new RegExp(`^${venue}/m/[A-Z2-9]{4}\\?materi=[\\w-]{22}#[A-Z2-9]{4}$`))
    expect(await faultsOf(page, 'id')).toEqual([])
    /** No clipboard on plain http: the link stands there to be copied by hand. */
    await button(page, 'Salin tautan').click()
    expect(await page.locator('.link-text').textContent()).toBe(await scanned(page))
  })

  it('asks for the address of the network on the server’s own machine, where its own leads nowhere', async () => {
    const desk = office.page()
    await openHandOver(desk, 'Paparan')
    expect(await desk.locator('svg.qr').count()).toBe(0)
    await desk.getByLabel('Alamat server di jaringan ini').fill(`${host}:${site.port}`)
    expect(await scanned(desk)).toContain(`${venue}/m/`)
  })

  it('leads from the attendees’ door and from the wall of that machine to the same address', async () => {
    const desk = office.page()
    for (const place of ['gerbang', 'layar']) {
      await desk.goto(`${eventPath}/${place}`)
      await desk.getByText(`Buka ${host}:${site.port}/m`).waitFor()
      expect(await scanned(desk)).toMatch(new RegExp(`^${venue}/m/[A-Z2-9]{4}#[A-Z2-9]{4}$`))
    }
  })

  it('leads a neighbour’s phone through signing in to the material, which opens and is saved as a file', async () => {
    const page = guest.page()
    await page.goto(await linkTo('Paparan'))
    await page.getByLabel('Nama lengkap').waitFor()
    /** A reload before the signature does not lose where the link leads. */
    await page.reload()
    await signIn(page, 'Contoh Tetangga', page.getByRole('heading', { level: 1, name: 'Paparan' }))
    await button(page, 'Lihat di sini').click()
    await page.getByText('Halaman 1 dari 2').waitFor()
    await button(page, 'Berikutnya').click()
    await page.getByText('Halaman 2 dari 2').waitFor()
    const [saved] = await Promise.all([page.waitForEvent('download'), link(page, 'Unduh ke perangkat ini').click()])
    expect(saved.suggestedFilename()).toBe('Paparan.pdf')
    expect(hashOf(readFileSync(await saved.path()))).toBe(hashOf(slides))
    await site.stop()
    await button(page, 'Kembali').click()
    await page.locator('.receipt', { hasText: 'Contoh Tetangga' }).waitFor()
    await button(page, 'Buka Denah').click()
    await button(page, 'Tampilkan tanpa menyimpan').click()
    await page.getByText('Berkas ini tidak dapat diambil').waitFor()
    await site.start()
    await button(page, 'Coba lagi').click()
    await expect.poll(() => page.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(192)
    await button(page, 'Kembali').click()
    await page.locator('.receipt', { hasText: 'Contoh Tetangga' }).waitFor()
    await page.reload()
    await page.locator('.receipt', { hasText: 'Contoh Tetangga' }).waitFor()
  })

  it('opens at once for who is on the sheet, and only what he may open', async () => {
    const page = guest.page()
    const toPicture = await linkTo('Denah')
    await page.goto(toPicture)
    await button(page, 'Tampilkan tanpa menyimpan').click()
    await expect.poll(() => page.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(192)
    await page.goBack()
    await page.locator('.receipt').waitFor()

    const desk = office.page()
    await desk.goto(`${eventPath}/materi`)
    const edit = await card(desk, 'Kunci jawaban').locator('a[href$="/ubah"]').getAttribute('href')
    await page.goto(toPicture.replace(/materi=[\w-]+/, `materi=${edit?.split('/').at(-2)}`))
    await page.getByText('tidak dibagikan kepada Anda').waitFor()
    expect(await page.getByText(/Kunci jawaban|hanya panitia/).count()).toBe(0)
  })

  it('leads a phone of the team to the team’s own page of it', async () => {
    const page = aula.page()
    await page.goto(await linkTo('Ringkasan'))
    await link(page, 'Buka kegiatan').click()
    await page.getByText('Baris satu').waitFor()
  })
})

describe('a facilitator', () => {
  const titles = (page: Page) => page.getByRole('heading', { level: 3 }).allTextContents()

  it('adds a link of a session and its speaker, and moves a material, which the organizer’s desk shows', async () => {
    const [page, desk] = [aula.page(), office.page()]
    await page.goto(`${eventPath}/materi/baru`)
    await page.getByLabel('Tautan', { exact: true }).check()
    await page.getByLabel('Alamat tautan').fill('contoh.go.id/materi')
    await page.getByLabel('Judul materi').fill('Regulasi')
    await page.getByLabel('Narasumber').fill('Contoh Narasumber')
    await page.getByLabel('Sesi', { exact: true }).selectOption({ index: 1 })
    await button(page, 'Simpan').click()
    await card(page, 'Regulasi').waitFor()
    await button(page, 'Naik: Denah').click()

    await desk.goto(`${eventPath}/materi`)
    await expect.poll(() => titles(desk)).toEqual(['Kunci jawaban', 'Ringkasan', 'Denah', 'Paparan', 'Regulasi'])
    await card(desk, 'Regulasi').getByText('Tautan · Contoh Narasumber').waitFor()
    expect(
      await desk
        .locator('section', { has: card(desk, 'Regulasi') })
        .getByRole('heading', { level: 2 })
        .textContent(),
    ).not.toBe('Untuk seluruh kegiatan')
    await button(desk, 'Buka Regulasi').click()
    expect(await link(desk, 'Buka tautan').getAttribute('href')).toBe('https://contoh.go.id/materi')
  })
})
