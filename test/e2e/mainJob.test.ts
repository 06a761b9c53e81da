import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readXlsx } from 'hucre/xlsx'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPdf } from '../support/pdf.ts'
import { drawSignature, openPhone, type Phone } from '../support/phone.ts'
import { addressOf, type ServerProcess, startProcess, temporaryFolder } from '../support/server.ts'
import { button, link } from './site.ts'

const data = join(import.meta.dirname, '../support/data')
const folder = temporaryFolder()

let server: ServerProcess
let url: string
let port: string
let office: Phone
let siti: Phone
let rahmat: Phone
let eventPath: string
const codes: string[] = []

async function startServer(): Promise<void> {
  server = startProcess({ HADIR_DATA: folder, ...(port && { PORT: port }) })
  url = await addressOf(server)
  port = new URL(url).port
}

async function stopServer(): Promise<void> {
  server.process.kill('SIGINT')
  await server.ended
}

beforeAll(async () => {
  await startServer()
  office = await openPhone(url, { viewport: { width: 1280, height: 800 } })
  /** A phone of somebody from another island: what is printed must not follow its zone. */
  siti = await openPhone(url, { timezoneId: 'Asia/Jayapura' })
  rahmat = await openPhone(url)
})

afterAll(async () => {
  for (const phone of [office, siti, rahmat]) await phone?.close()
  await stopServer()
})

const statusLine = (page: Page) => page.locator('.status-line')

async function waitForStatus(page: Page, words: RegExp): Promise<void> {
  await statusLine(page).filter({ hasText: words }).waitFor()
}

async function openCheckIn(phone: Phone): Promise<Page> {
  const page = phone.page()
  await page.goto(eventPath)
  await link(page, 'Isi Daftar Hadir').click()
  await page.getByRole('searchbox').waitFor()
  return page
}

/** Types, taps the person, signs and saves, as a facilitator does. */
async function checkIn(page: Page, typed: string, name: string): Promise<void> {
  await page.getByRole('searchbox').fill(typed)
  await link(page, new RegExp(name)).click()
  await drawSignature(page)
  await button(page, 'Simpan').click()
  await page.locator('.confirmation', { hasText: name }).waitFor()
}

async function addWalkIn(page: Page, fields: { name: string; nip?: string; institution: string }): Promise<void> {
  await link(page, 'Peserta baru').click()
  await page.getByLabel('Nama lengkap').fill(fields.name)
  await page.getByLabel(/OPD atau unit kerja/).fill(fields.institution)
  await page.getByLabel('Jabatan').fill('Kepala Bidang')
  if (fields.nip) {
    await page.getByText('Lengkapi').click()
    await page.getByLabel(/^Nomor pegawai/).fill(fields.nip)
  }
  await drawSignature(page)
  await button(page, 'Simpan').click()
  await page.locator('.confirmation', { hasText: fields.name }).waitFor()
}

const present = (page: Page) => page.locator('.figure-number').textContent()

describe('the main job', () => {
  it('1. the first organizer sets up with the one-time link, once', async () => {
    const setup = /(http\S+\/siapkan#\S+)/.exec(server.output())?.[1] ?? ''
    const page = office.page()
    await page.goto(setup.replace('localhost', '127.0.0.1'))
    await page.getByLabel('Nama lengkap').fill('Penyelenggara Contoh')
    await page.getByLabel('Surel').fill('penyelenggara@contoh.example')
    await page.getByLabel('Kata sandi').fill('kata sandi yang panjang')
    await button(page, 'Buat akun').click()
    await link(page, 'Buat Kegiatan').waitFor()
    expect(page.url()).not.toContain('siapkan')
    await siti.page().goto(setup.replace('localhost', '127.0.0.1'))
    await siti.page().getByLabel('Nama lengkap').fill('Orang Lain')
    await siti.page().getByLabel('Surel').fill('lain@contoh.example')
    await siti.page().getByLabel('Kata sandi').fill('kata sandi yang lain')
    await button(siti.page(), 'Buat akun').click()
    await siti
      .page()
      .getByText(/tidak berlaku lagi/)
      .waitFor()
  })

  it('2. a new event; a contradicting weekday is pointed out and stays', async () => {
    const page = office.page()
    await link(page, 'Buat Kegiatan').click()
    await page.getByLabel('Nama kegiatan').fill('Sosialisasi Antikorupsi')
    await page.getByLabel('Instansi penyelenggara').fill('Inspektorat Daerah')
    await page.getByLabel('Sebutan instansi').fill('OPD')
    await page.getByLabel('Tempat').fill('Aula Contoh')
    await page.getByLabel('Kota pada baris tanggal').fill('Banjarbaru')
    await page.getByLabel('Zona waktu').selectOption('WITA')
    await page.getByLabel('Tanggal pada surat undangan').fill('Rabu, 8 Juni 2017')
    await page.getByText('8 Juni 2017 adalah hari Kamis').waitFor()
    expect(await page.getByLabel('Tanggal pada surat undangan').inputValue()).toBe('Rabu, 8 Juni 2017')
    const session = page.getByRole('group', { name: 'Sesi 1' })
    await session.getByLabel('Tanggal').fill('2026-11-24')
    await page.getByText('Selasa, 24 November 2026').waitFor()
    await page.getByLabel(/^Pemerintah/).fill('PEMERINTAH PROVINSI CONTOH')
    await page.getByLabel(/^Instansi opsional/).fill('INSPEKTORAT DAERAH')
    const right = page.getByRole('group', { name: 'Sebelah kanan' })
    await right.getByLabel(/^Nama dan gelar/).fill('Dra. Ketua Contoh, M.Si.')
    await button(page, 'Buat Kegiatan').click()
    await link(page, 'Isi Daftar Hadir').waitFor()
    eventPath = new URL(page.url()).pathname
    await waitForStatus(page, /Terkirim/)
  })

  it('3. the invitation list is imported, flagged where it is damaged, and changes nothing the second time', async () => {
    const page = office.page()
    for (const round of [1, 2]) {
      await page.goto(`${eventPath}/impor`)
      await page.locator('input[type=file]').setInputFiles(join(data, 'undangan-sosialisasi-banten.xlsx'))
      await button(page, 'Lihat hasilnya').click()
      if (round === 1) {
        await page.getByText('tiga angka terakhir hilang').first().waitFor()
        await button(page, 'Impor 128 orang').click()
        await page.getByText('128 orang diimpor').waitFor()
      } else await page.getByText('Tidak ada yang perlu diimpor').waitFor()
    }
    await page.goto(eventPath)
    await page.getByText('hadir · 128 diundang').waitFor()
    await waitForStatus(page, /Terkirim/)
  })

  it('4. facilitators join with a code each, which serves once', async () => {
    const page = office.page()
    await page.goto(`${eventPath}/tim`)
    for (let i = 0; i < 2; i++) {
      await button(page, /Buat kode/).click()
      await expect.poll(async () => page.locator('.code').textContent()).not.toBe(codes.at(-1) ?? null)
      codes.push((await page.locator('.code').textContent()) ?? '')
    }
    for (const [phone, name, code] of [
      [siti, 'Siti Fasilitator', codes[0]],
      [rahmat, 'Rahmat Fasilitator', codes[1]],
    ] as const) {
      await phone.page().goto(`${url}/gabung#${code}`)
      await phone.page().getByLabel('Nama Anda').fill(name)
      await button(phone.page(), 'Gabung').click()
      await phone.page().getByText('dapat dipakai tanpa internet').first().waitFor()
      await phone.installed({ team: true })
    }
    const stranger = await openPhone(url)
    await stranger.page().goto(`${url}/gabung#${codes[0]}`)
    await stranger.page().getByLabel('Nama Anda').fill('Orang Asing')
    await button(stranger.page(), 'Gabung').click()
    await stranger.page().getByText('sudah dipakai perangkat lain').waitFor()
    await stranger.close()
  })

  it('5. both phones start cold without a network and do the whole work', async () => {
    await stopServer()
    await siti.restart({ offline: true })
    await rahmat.restart({ offline: true })

    const onSiti = await openCheckIn(siti)
    await checkIn(onSiti, 'nurul ramad', 'Nurul Ramadhan')
    await waitForStatus(onSiti, /1 menunggu dikirim/)
    await addWalkIn(onSiti, { name: 'Budi Contoh', nip: '198609262015051001', institution: 'Bappeda' })

    await onSiti.getByRole('searchbox').fill('Maya Wijaya')
    await link(onSiti, /Maya Wijaya/).click()
    await onSiti.getByLabel('Mewakili pejabat lain').check()
    await onSiti.getByLabel('Mewakili', { exact: true }).fill('Kepala RSUD Banten')
    await onSiti.getByText(/^Peran:/).click()
    await onSiti.getByLabel('Narasumber').check()
    await button(onSiti, 'Tidak dapat tanda tangan?').click()
    await onSiti.getByLabel('Kendala fisik').check()
    await button(onSiti, 'Simpan').click()
    await onSiti.locator('.confirmation', { hasText: 'Mewakili Kepala RSUD Banten' }).waitFor()

    await checkIn(onSiti, 'ahmad santoso', 'Ahmad Santoso')
    await button(onSiti, 'Urungkan').click()
    await onSiti.getByLabel('Alasan').fill('Salah orang')
    await button(onSiti, 'Batalkan kehadiran').click()
    await onSiti.locator('.confirmation', { hasText: 'Kehadiran dibatalkan' }).waitFor()

    const onRahmat = await openCheckIn(rahmat)
    await checkIn(onRahmat, 'nurul ramad', 'Nurul Ramadhan')
    await addWalkIn(onRahmat, { name: 'Budi Contoh, S.E.', nip: '19860926 201505 1 001', institution: 'Bappeda' })
  })

  it('5. what is half written and half drawn outlives a rotation, a reload and a cold start', async () => {
    const page = await openCheckIn(rahmat)
    await link(page, 'Peserta baru').click()
    await page.getByLabel('Nama lengkap').fill('Belum Selesai')
    await drawSignature(page, { strokes: 2 })
    await page.setViewportSize({ width: 740, height: 360 })
    const inked = () =>
      page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
        const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
        return pixels.some((value, i) => i % 4 === 3 && value > 0)
      })
    await expect.poll(inked).toBe(true)
    await page.reload()
    await expect.poll(inked).toBe(true)
    expect(await page.getByLabel('Nama lengkap').inputValue()).toBe('Belum Selesai')
    const address = page.url()
    await rahmat.restart({ offline: true })
    await rahmat.page().goto(address)
    const cold = rahmat.page().getByLabel('Nama lengkap')
    await cold.waitFor()
    await expect.poll(() => cold.inputValue()).toBe('Belum Selesai')
    await rahmat.page().locator('canvas').waitFor()
  })

  it('6. when the network is back everything converges by itself, to one attendance per person', async () => {
    await startServer()
    await siti.page().goto(eventPath)
    await rahmat.page().goto(eventPath)
    await siti.setOffline(false)
    await rahmat.setOffline(false)
    await office.page().goto(eventPath)
    for (const phone of [siti, rahmat, office]) {
      await waitForStatus(phone.page(), /Terkirim/)
      await expect.poll(() => present(phone.page())).toBe('3')
    }
    const people = office.page().getByText('hadir · 128 diundang')
    await people.waitFor()
  })

  it('7. the sheets come out on the phone without a network, in the event’s zone', async () => {
    await siti.setOffline(true)
    const page = await openCheckIn(siti)
    await addWalkIn(page, { name: 'Citra Contoh', institution: 'Bappeda' })
    await page.goto(`${eventPath}/dokumen`)
    const save = async (format: string) => {
      const row = page.getByRole('listitem').filter({ hasText: format })
      const waiting = page.waitForEvent('download')
      await row.getByRole('button', { name: 'Unduh' }).click()
      await button(page, 'Unduh dan catat').click()
      const download = await waiting
      return { bytes: await readFile(await download.path()), name: download.suggestedFilename() }
    }
    const pdf = await save('(PDF)')
    expect(pdf.name).toMatch(/^daftar-hadir.*\.pdf$/)
    const text = (await readPdf(pdf.bytes)).pages.join(' ')
    for (const words of ['DAFTAR HADIR', 'Selasa, 24 November 2026', 'WITA', '1 belum terkirim', 'Halaman 1 dari'])
      expect(text).toContain(words)
    expect(text).toContain('19860926 201505 1 001')
    expect(text).not.toContain('WIT ')
    const xlsx = await readXlsx(new Uint8Array((await save('(Excel)')).bytes))
    const cells = xlsx.sheets.flatMap(({ rows }) => rows.flat())
    expect(cells).toContain('19860926 201505 1 001')
    const csv = (await save('(CSV)')).bytes.toString('utf8')
    expect(csv.startsWith('\uFEFF')).toBe(true)
    expect(csv).toContain('"Budi Contoh')
  })

  it('no bug reached a page', () => {
    for (const phone of [office, siti, rahmat]) expect(phone.errors).toEqual([])
  })
})
