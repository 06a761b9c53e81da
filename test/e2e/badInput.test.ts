import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPhone, type Phone } from '../support/phone.ts'
import { button, link, openSite, type Site, setUp } from './site.ts'

/** Lets the server's clock jump eight days ahead, past the life of every link and code. */
const jump = 'let ahead=0;const now=Date.now;Date.now=()=>now()+ahead;process.on("SIGUSR2",()=>{ahead+=8*864e5})'
const environment = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(jump)}` }

let site: Site
let office: Phone
let stranger: Phone
let eventPath: string
const codes: string[] = []

async function askToSetUp(page: Page, address: string): Promise<void> {
  await page.goto('/')
  await page.goto(address)
  await page.getByLabel('Nama lengkap').fill('Orang Lain')
  await page.getByLabel('Surel').fill('lain@contoh.example')
  await page.getByLabel('Kata sandi').fill('kata sandi yang lain')
  await button(page, 'Buat akun').click()
}

async function askToJoin(page: Page, code: string): Promise<void> {
  await page.goto('/')
  await page.goto(`/gabung#${code}`)
  await page.getByLabel('Nama Anda').fill('Orang Lain')
  await button(page, 'Gabung').click()
}

/** The words appear, and the app is still there: a way back, and nothing that was typed is gone. */
async function expectWords(page: Page, words: RegExp): Promise<void> {
  await page.getByText(words).first().waitFor()
  await page.locator('.status-line').waitFor()
}

beforeAll(async () => {
  const expiring = await openSite(environment)
  stranger = await openPhone(expiring.url)
  expiring.signal('SIGUSR2')
  await askToSetUp(stranger.page(), expiring.setupUrl)
  await expectWords(stranger.page(), /kedaluwarsa\. Jalankan ulang server/)
  await stranger.close()
  await expiring.stop()

  site = await openSite(environment)
  office = await openPhone(site.url)
  stranger = await openPhone(site.url)
  eventPath = await setUp(office, site)
})

afterAll(async () => {
  for (const phone of [office, stranger]) await phone?.close()
  await site?.stop()
})

describe('a link or a code that does not serve', () => {
  it('a setup link that was used, and one that nobody made', async () => {
    const page = stranger.page()
    await askToSetUp(page, site.setupUrl)
    await expectWords(page, /tautan ini tidak berlaku lagi/)
    expect(await page.getByLabel('Nama lengkap').inputValue()).toBe('Orang Lain')
    await askToSetUp(page, '/siapkan#bukan-tautan')
    await expectWords(page, /tidak berlaku lagi|tidak dikenal server/)
  })

  it('a wrong password', async () => {
    const page = stranger.page()
    await page.goto('/masuk')
    await page.getByLabel('Surel').fill('penyelenggara@contoh.example')
    await page.getByLabel('Kata sandi').fill('bukan kata sandinya')
    await button(page, 'Masuk').click()
    await expectWords(page, /Surel atau kata sandi tidak cocok/)
    expect(await page.getByLabel('Surel').inputValue()).toBe('penyelenggara@contoh.example')
  })

  it('a code that nobody made, one that was used, and one that is too old', async () => {
    const page = office.page()
    await page.goto(`${eventPath}/tim`)
    for (const _ of [1, 2]) {
      await button(page, 'Buat kode undangan').click()
      await expect.poll(() => page.locator('.code').textContent()).not.toBe(codes.at(-1) ?? null)
      codes.push((await page.locator('.code').textContent()) ?? '')
    }
    const [used = '', old = ''] = codes
    const holder = await openPhone(site.url)
    await askToJoin(holder.page(), used)
    await holder.page().getByText('dapat dipakai tanpa internet').first().waitFor()
    await holder.close()
    await askToJoin(stranger.page(), 'K7QF-2MXA')
    await expectWords(stranger.page(), /Kode tidak dikenal/)
    await askToJoin(stranger.page(), used)
    await expectWords(stranger.page(), /sudah dipakai perangkat lain/)
    site.signal('SIGUSR2')
    await askToJoin(stranger.page(), old)
    await expectWords(stranger.page(), /Kode sudah kedaluwarsa/)
  })

  it('an address of an event that is not on this device', async () => {
    const page = stranger.page()
    await page.goto('/kegiatan/AAAAAAAAAAAAAAAAAAAAAA')
    await expectWords(page, /Kegiatan ini tidak ada di perangkat ini/)
  })

  it('an address that is no address leaves a way to the list of events', async () => {
    const page = office.page()
    await page.goto('/kegiatan/%ff')
    await page.getByText(/terjadi kesalahan pada aplikasi/i).waitFor()
    await link(page, 'Ke daftar kegiatan').click()
    await link(page, /Sosialisasi Aplikasi/).waitFor()
  })
})

/** The header of an OLE file whose first entry names the encrypted package, as Excel saves one with a password. */
function encryptedWorkbook(): Buffer {
  const file = Buffer.alloc(4096)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file)
  Buffer.from('EncryptedPackage', 'utf16le').copy(file, 1024)
  return file
}

describe('a file that is no list of people', () => {
  it.each([
    ['a letter that was renamed', 'undangan.xlsx', Buffer.from('Kepada Yth. Bapak dan Ibu'), /bukan lembar kerja/],
    ['a workbook with a password', 'rahasia.xlsx', encryptedWorkbook(), /dilindungi kata sandi/],
    ['an empty file', 'kosong.csv', Buffer.alloc(0), /Tidak ada isi/],
    ['a broken workbook', 'rusak.xlsx', Buffer.from('PK\u0003\u0004 separuh'), /rusak atau belum terunduh/],
    [
      'a list whose header nobody can guess',
      'aneh.csv',
      Buffer.from('x;y\r\nsatu;dua\r\n'),
      /Baris kepala tabel tidak dikenali/,
    ],
  ])('%s', async (_, name, buffer, words) => {
    const page = office.page()
    await page.goto(`${eventPath}/impor`)
    await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
    await expectWords(page, words)
  })

  it('a file of 60 MB', async () => {
    const page = office.page()
    await page.goto(`${eventPath}/impor`)
    await page.locator('input[type=file]').evaluate((input: HTMLInputElement) => {
      const files = new DataTransfer()
      files.items.add(new File([new Uint8Array(60e6)], 'besar.xlsx'))
      input.files = files.files
      input.dispatchEvent(new Event('change', { bubbles: true }))
    })
    await expectWords(page, /lebih dari 50 MB/)
  })

  it('harmed nothing, and no bug reached a page', async () => {
    const page = office.page()
    await page.goto(eventPath)
    await page.getByText('hadir · 60 diundang').waitFor()
    await page.getByText('Peserta (60)').waitFor()
    expect([...office.errors, ...stranger.errors]).toEqual([])
  })
})
