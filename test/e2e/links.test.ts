import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gatePath } from '../../src/core/gate.ts'
import { drawSignature, openPhone, type Phone } from '../support/phone.ts'
import { button, countPresent, openGate, openSite, type Site, setUp, waitForStatus } from './site.ts'

let site: Site
let office: Phone
let invited: Phone
let guest: Phone
let eventPath: string
let code: string

const host = 'hadir.test'

beforeAll(async () => {
  site = await openSite()
  office = await openPhone(site.url)
  invited = await openPhone(site.url)
  guest = await openPhone(`http://${host}:${site.port}`, { host })
  eventPath = await setUp(office, site)
  code = await openGate(office, eventPath)
})

afterAll(async () => {
  expect([...office.errors, ...invited.errors, ...guest.errors]).toEqual([])
  for (const phone of [office, invited, guest]) await phone?.close()
  await site?.stop()
})

async function sign(page: Page): Promise<void> {
  await drawSignature(page)
  await button(page, 'Simpan').click()
}

/** Gives the first of the invited a pass, and copies his link from his page. */
async function copyPersonalLink(): Promise<{ name: string; url: string }> {
  const page = office.page()
  await office.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(`${eventPath}/peserta?hadir=absent`)
  await page.locator('main a.person-row, main ul a').first().click()
  await page.getByRole('region', { name: 'Tanda pengenal' }).getByRole('button', { name: 'Terbitkan' }).click()
  const name = (await page.getByRole('heading', { level: 1 }).textContent()) ?? ''
  await button(page, 'Salin tautan').click()
  await page.getByText('Tautan tersalin.').waitFor()
  await waitForStatus(page, /^Terkirim/)
  return { name, url: await page.evaluate(() => navigator.clipboard.readText()) }
}

describe('a personal link', () => {
  it('opened days before shows its person his name, and lets him sign without a network', async () => {
    const { name, url } = await copyPersonalLink()
    const found = (page: Page) => page.locator('.attendee-name', { hasText: name })
    await invited.page().goto(url)
    await found(invited.page()).waitFor()
    await expect.poll(() => invited.page().url()).not.toContain('#')
    await invited.installed()
    await invited.restart({ offline: true })
    const page = invited.page()
    await page.goto(url)
    await found(page).waitFor()
    await button(page, 'Lanjut').click()
    await sign(page)
    await page.getByRole('heading', { name: 'Tersimpan, belum terkirim' }).waitFor()
    await invited.setOffline(false)
    await page.getByText('Sudah sampai di server').waitFor()
    expect(await countPresent(office, eventPath, name)).toBe(1)
  })
})

type Run = (page: Page, phone: Phone) => Promise<void>

/** In a browser that was never here. */
async function visit(userAgent: string | undefined, run: Run): Promise<void> {
  const phone = await openPhone(site.url, userAgent ? { userAgent } : {})
  try {
    await run(phone.page(), phone)
    expect(phone.errors).toEqual([])
  } finally {
    await phone.close()
  }
}

describe('a link that lost its end on the way', () => {
  it('asks for the whole code, and lets in with it', async () => {
    await visit(undefined, async (page) => {
      await page.goto(gatePath(code.slice(0, 7)))
      await page.getByLabel('Kode kegiatan').fill(code)
      await button(page, 'Buka kegiatan').click()
      await page.getByLabel('Nama lengkap').waitFor()
    })
  })
})

const android = 'Mozilla/5.0 (Linux; Android 13; SM-A145F; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0'
const whatsApp = `${android} Chrome/119.0.0.0 Mobile Safari/537.36 WhatsApp/2.23.25.76 A`
const iPhone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1'

describe('a browser that keeps little', () => {
  async function fill(page: Page, name: string): Promise<void> {
    await page.getByLabel('Nama lengkap').fill(name)
    await button(page, 'Lanjut').click()
    await sign(page)
  }

  it('inside WhatsApp leads to Chrome with the whole link, and signs in all the same', async () => {
    await visit(whatsApp, async (page) => {
      await page.goto(gatePath(code))
      await page.getByText('Halaman ini terbuka di dalam WhatsApp').waitFor()
      const way = await page.getByRole('link', { name: 'Buka di Chrome' }).getAttribute('href')
      expect(way).toBe(
        `intent://127.0.0.1:${site.port}${gatePath(code)}#Intent;scheme=http;package=com.android.chrome;end`,
      )
      await button(page, 'Salin tautan').waitFor()
      expect(await button(page, 'Simpan untuk dipakai').count()).toBe(0)
      await fill(page, 'Tamu Contoh WhatsApp')
      await page.getByText('Sudah sampai di server').waitFor()
    })
  })

  it('on an iPhone holds on to who would leave with unsent work, and says until when it is kept', async () => {
    await visit(iPhone, async (page, phone) => {
      const isHeld = () => page.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })))
      await page.goto(gatePath(code))
      await button(page, 'Simpan untuk dipakai').waitFor()
      await phone.installed()
      await phone.setOffline(true)
      await fill(page, 'Tamu Contoh iPhone')
      await page.getByText('sebelum tujuh hari').waitFor()
      await expect.poll(isHeld).toBe(true)
      await phone.setOffline(false)
      await page.getByText('Sudah sampai di server').waitFor()
      await expect.poll(isHeld).toBe(false)
    })
  })

  const chrome = whatsApp.replace('; wv', '').replace(/ WhatsApp.*/, '')
  const privateFirefox = () => {
    navigator.storage.getDirectory = async () => {
      throw new DOMException('', 'SecurityError')
    }
  }
  const smallDiskOrPrivateChrome = () => {
    navigator.storage.estimate = async () => ({ quota: 2 ** 30, usage: 0 })
  }
  const fullDisk = () => {
    navigator.storage.estimate = async () => ({ quota: 10_000_000, usage: 9_000_000 })
  }

  it.each([
    ['in a private window', privateFirefox, 'Ini jendela privat', 'Jendela privat menghapus semuanya'],
    [
      'where that looks like a small disk',
      smallDiskOrPrivateChrome,
      'jendela privat atau ponsel',
      'Bila ini jendela privat',
    ],
  ])('%s says that what is unsent may go with it', async (_, fault, told, answered) => {
    await visit(chrome, async (page) => {
      await page.addInitScript(fault)
      await page.goto(gatePath(code))
      await page.getByText(told).waitFor()
      await button(page, 'Salin tautan').waitFor()
      await button(page, 'Simpan untuk dipakai').click()
      await page.getByText(answered).waitFor()
    })
  })

  it('on a device with little room speaks of the room, and keeps what fits', async () => {
    await visit(chrome, async (page) => {
      await page.addInitScript(fullDisk)
      await page.goto(gatePath(code))
      await page.getByText('Ruang penyimpanan ponsel ini hampir habis').waitFor()
      expect(await button(page, 'Salin tautan').count()).toBe(0)
      await button(page, 'Simpan untuk dipakai').click()
      await page.getByText('Siap dipakai tanpa internet').waitFor()
      expect(await page.getByText('endela privat').count()).toBe(0)
    })
  })
})

describe('on plain http, where browsers give neither WebCrypto nor a service worker', () => {
  it('a guest is told that a network is needed, signs in online and is on the sheet', async () => {
    const name = 'Tamu Contoh Tanpa Gembok'
    const page = guest.page()
    await page.goto(gatePath(code))
    await page.getByText('Alamat ini tidak aman (http)').waitFor()
    expect(await page.evaluate(() => [isSecureContext, crypto.subtle, navigator.serviceWorker])).toEqual([
      false,
      undefined,
      undefined,
    ])
    await page.getByLabel('Nama lengkap').fill(name)
    await button(page, 'Lanjut').click()
    await sign(page)
    await page.getByText('Sudah sampai di server').waitFor()
    expect(await countPresent(office, eventPath, name)).toBe(1)
    await page.reload()
    await page.locator('.receipt', { hasText: name }).waitFor()
  })
})
