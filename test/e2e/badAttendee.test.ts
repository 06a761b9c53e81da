import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSessions, setEvent, setSession } from '../../src/core/event.ts'
import { gatePath } from '../../src/core/gate.ts'
import { addDays, dayAt } from '../../src/core/time.ts'
import { openOfficeDevice } from '../support/officeDevice.ts'
import { drawSignature, openPhone, type Phone } from '../support/phone.ts'
import { button, openGate, openSite, type Site, setUp } from './site.ts'

const account = { email: 'penyelenggara@contoh.example', password: 'kata sandi yang panjang' }

let site: Site
let office: Phone
let guest: Phone
let page: Page
let laptop: Awaited<ReturnType<typeof openOfficeDevice>>
let code: string

beforeAll(async () => {
  site = await openSite()
  office = await openPhone(site.url)
  guest = await openPhone(site.url)
  page = guest.page()
  const eventPath = await setUp(office, site)
  code = await openGate(office, eventPath)
  laptop = await openOfficeDevice(async () => site.url, account)
})

afterAll(async () => {
  expect(guest.errors).toEqual([])
  for (const phone of [office, guest]) await phone?.close()
  await site?.stop()
})

const name = () => page.getByLabel('Nama lengkap')
const heading = (words: string) => page.getByRole('heading', { name: words })

async function openForm(): Promise<void> {
  await page.goto('/')
  await page.goto(gatePath(code))
  const another = button(page, 'Isi untuk orang lain')
  await name().or(another).first().waitFor()
  if (await another.isVisible()) await another.click()
  await name().waitFor()
}

/** Pastes as a person does, which obeys the field, unlike a value that is set. */
async function paste(text: string): Promise<void> {
  await name().click()
  await page.keyboard.press('Control+A')
  await name().evaluate((field, pasted) => {
    field.focus()
    document.execCommand('insertText', false, pasted)
  }, text)
}

/** Signs somebody in and gives back the name on the receipt. */
async function signIn(): Promise<string> {
  await button(page, 'Lanjut').click()
  await drawSignature(page)
  await button(page, 'Simpan').click()
  return (await page.locator('.receipt .attendee-name').first().textContent()) ?? ''
}

describe('a name at the attendee’s form', () => {
  it.each([
    ['of one letter', 'A', /^A$/],
    ['with emoji', 'Sri 🙂 Contoh 👩🏽‍🌾', /^Sri 🙂 Contoh 👩🏽‍🌾$/],
    ['with marks that turn the direction', '\u202eContoh\u202c \u200fTerbalik\u2066', /^Contoh Terbalik$/],
    ['pasted with line breaks and tabs', '\r\nDwi\tContoh\nBin\r\n', /^Dwi Contoh Bin$/],
    ['of 500 letters', 'x'.repeat(500), /^x{200}$/],
    ['of 500 emoji', '🙂'.repeat(250), /^(🙂){100}$/u],
    ['that looks like markup', '<img src=x onerror=alert(1)>', /^<img src=x onerror=alert\(1\)>$/],
  ])('%s is kept as it is printed', async (_, typed, kept) => {
    await openForm()
    await paste(typed)
    expect(await signIn()).toMatch(kept)
    const width = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
    expect(width[0]).toBeLessThanOrEqual(width[1] ?? 0)
  })

  it.each([
    ['nothing', ''],
    ['blanks', '   '],
    ['signs that nobody sees', '\u200b\u202e\u2060'],
  ])('of %s is asked for again, with the focus in the field', async (_, typed) => {
    await openForm()
    await name().fill(typed)
    await button(page, 'Lanjut').click()
    await page.getByText('Wajib diisi').waitFor()
    await expect.poll(() => name().evaluate((field) => field === document.activeElement)).toBe(true)
  })
})

describe('a signature at the attendee’s form', () => {
  it('that is missing, or a dot, is refused with a hint, and what was typed is still there', async () => {
    await openForm()
    await name().fill('Tamu Tanpa Tinta')
    await button(page, 'Lanjut').click()
    await button(page, 'Simpan').click()
    await page.getByText('Tanda tangan belum ada').waitFor()
    const pad = await page.locator('canvas').boundingBox()
    if (!pad) throw new Error('no pad')
    await page.mouse.click(pad.x + pad.width / 2, pad.y + pad.height / 2)
    await button(page, 'Simpan').click()
    await page.getByText('Tanda tangan belum terbaca').waitFor()
    await button(page, 'Ulangi').click()
    await drawSignature(page)
    await button(page, 'Simpan').click()
    await page.locator('.receipt', { hasText: 'Tamu Tanpa Tinta' }).waitFor()
  })
})

describe('a code at the attendee’s form', () => {
  it('of which half belongs to another event leads nowhere, and says what to do', async () => {
    await page.goto('/')
    await page.goto(gatePath(`${code.slice(0, 4)}${code.slice(4) === '2222' ? '3333' : '2222'}`))
    await heading('Kode tidak dikenal').waitFor()
    await page.getByText('Periksa kembali huruf pada kode').waitFor()
    await button(page, 'Ketik kode lain').click()
    await page.getByLabel('Kode kegiatan').fill('k7q')
    await button(page, 'Buka kegiatan').click()
    await page.getByText('Kode terdiri atas delapan huruf dan angka').waitFor()
  })

  it('with a pass of another event says that it does not hold, and leaves the form', async () => {
    const stranger = await openPhone(site.url)
    try {
      const there = stranger.page()
      await there.goto(`${gatePath(code)}.AAAAAAAAAAAAAAAAAAAAAA`)
      await there.getByText('Tautan pribadi ini tidak berlaku lagi').waitFor()
      await there.getByLabel('Nama lengkap').waitFor()
      expect(stranger.errors).toEqual([])
    } finally {
      await stranger.close()
    }
  })
})

describe('a session at the attendee’s form', () => {
  const setDay = async (days: number) => {
    const state = await laptop.read()
    const today = dayAt(Date.now(), 'WIB')
    const changes = readSessions(state).map(({ id }) => setSession(id, { day: addDays(today, days) }))
    await laptop.commit(changes)
  }
  const visitAnew = async (words: string | RegExp) => {
    const stranger = await openPhone(site.url)
    try {
      await stranger.page().goto(gatePath(code))
      await stranger.page().getByText(words).waitFor()
      expect(stranger.errors).toEqual([])
    } finally {
      await stranger.close()
    }
  }

  it('that is not yet says when, and that is over says that it will be looked at', async () => {
    await setDay(3)
    await visitAnew(/Kegiatan ini mulai .* Simpan halaman ini sekarang/)
    await setDay(-1)
    await visitAnew(/Sesi ini sudah berlangsung, .* akan diperiksa petugas/)
  })

  it('of an event that was taken back says so, to those who come and to those who are there', async () => {
    await laptop.commit([setEvent(laptop.space, { deleted: true })])
    await visitAnew('Kegiatan ini dibatalkan oleh penyelenggara.')
    await page.goto('/')
    await page.goto(gatePath(code))
    await page.getByText('Kegiatan ini dibatalkan oleh penyelenggara.').waitFor()
    await page.getByRole('link', { name: 'Kehadiran Anda' }).waitFor()
  })
})
