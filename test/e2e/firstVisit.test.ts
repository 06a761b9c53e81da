import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gatePath } from '../../src/core/gate.ts'
import { drawSignature, openPhone, type Phone } from '../support/phone.ts'
import { button, countPresent, openGate, openSite, type Site, setUp } from './site.ts'

let site: Site
let office: Phone
let eventPath: string
let code: string

beforeAll(async () => {
  site = await openSite()
  office = await openPhone(site.url)
  eventPath = await setUp(office, site)
  code = await openGate(office, eventPath)
})

afterAll(async () => {
  await office?.close()
  await site?.stop()
})

declare global {
  interface Window {
    heal?: () => void
  }
}

/** As a browser that gives no database, until it does. */
function giveNoDatabase(): void {
  const { open } = IDBFactory.prototype
  IDBFactory.prototype.open = () => {
    throw new DOMException('', 'UnknownError')
  }
  window.heal = () => {
    IDBFactory.prototype.open = open
  }
}

/** A guest in a browser that was never here. */
async function visit(prepare: (phone: Phone) => Promise<unknown>, run: (page: Page, phone: Phone) => Promise<void>) {
  const phone = await openPhone(site.url)
  try {
    await prepare(phone)
    await phone.page().goto(gatePath(code))
    await run(phone.page(), phone)
    expect(phone.errors).toEqual([])
  } finally {
    await phone.close()
  }
}

const comesOnline = (page: Page) =>
  page.evaluate(() => {
    window.heal?.()
    dispatchEvent(new Event('online'))
  })

async function sign(page: Page): Promise<void> {
  await drawSignature(page)
  await button(page, 'Simpan').click()
}

async function isSignedIn(page: Page, name: string): Promise<void> {
  await page.locator('.receipt', { hasText: name }).getByText('Sudah sampai di server').waitFor()
  expect(await countPresent(office, eventPath, name)).toBe(1)
}

const noApp = 'Hadir belum termuat seluruhnya'
const noStorage = 'Ponsel ini belum dapat menyimpan'

describe('a first visit keeps the form, says beside it what is missing, and goes on by itself', () => {
  it('where the line is cut before the app is there', async () => {
    const name = 'Tamu Contoh Terputus'
    const cutOff = (phone: Phone) => phone.context().route(/assets\/app-/, (route) => route.abort())
    await visit(cutOff, async (page, phone) => {
      await page.getByLabel('Nama lengkap').fill(name)
      await page.getByText(noApp).waitFor()
      expect(await page.getByLabel('Nama lengkap').inputValue()).toBe(name)
      await button(page, 'Lanjut').click()
      await page.getByRole('heading', { name: 'Tanda tangan' }).waitFor()
      expect(await page.getByText(noApp).count()).toBe(1)
      await phone.context().unroute(/assets\/app-/)
      await comesOnline(page)
      await sign(page)
      await isSignedIn(page, name)
    })
  })

  it('where the browser gives no database: what was pressed once is saved as soon as it does', async () => {
    const name = 'Tamu Contoh Tanpa Penyimpanan'
    await visit(
      (phone) => phone.context().addInitScript(giveNoDatabase),
      async (page) => {
        await page.getByLabel('Nama lengkap').fill(name)
        await page.getByText(noStorage).waitFor()
        await button(page, 'Lanjut').click()
        await sign(page)
        await button(page, 'Menyimpan').waitFor()
        await page.getByText(noStorage).waitFor()
        await comesOnline(page)
        await isSignedIn(page, name)
      },
    )
  })
})
