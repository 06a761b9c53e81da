import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { gatePath } from '../../src/core/gate.ts'
import { pages } from '../../src/core/pages.ts'
import { drawSignature, openPhone, type Phone } from '../support/phone.ts'
import { poison } from './poison.ts'
import { button, fillWalkIn, openGate, openScreen, openSite, type Site, setUp } from './site.ts'

/** What people type here and nobody but them and the team may read anywhere. */
const secrets = {
  organizer: 'Penyelenggara Contoh',
  email: 'penyelenggara@contoh.example',
  password: 'kata sandi yang panjang',
  walkIn: 'Tamu Rahasia Contoh',
  attendee: 'Peserta Diam Contoh',
  phone: '0812-3456-7777',
  nip: '198609262015051001',
}

let site: Site
let office: Phone
let guest: Phone
let eventPath: string
let gateCode: string
const addressesSeen: string[] = []
const violations: string[] = []

/** Hears what the browser refuses, and every address that it asks for or shows. */
async function watch(phone: Phone): Promise<void> {
  await phone.context().exposeFunction('noteViolation', (what: string) => violations.push(what))
  await phone.context().addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      const note: unknown = Reflect.get(globalThis, 'noteViolation')
      if (typeof note === 'function') note(`${location.pathname}: ${violatedDirective} ${blockedURI}`)
    })
  })
  phone.context().on('request', (request) => addressesSeen.push(request.url(), request.headers().referer ?? ''))
  phone.page().on('framenavigated', (frame) => addressesSeen.push(frame.url()))
}

beforeAll(async () => {
  site = await openSite({ LOG_LEVEL: 'debug' })
  office = await openPhone(site.url)
  guest = await openPhone(site.url)
  for (const phone of [office, guest]) await watch(phone)
  eventPath = await setUp(office, site)
})

afterAll(async () => {
  for (const phone of [office, guest]) await phone?.close()
  await site?.stop()
})

it('neither the log nor any address says who is here', async () => {
  const page = office.page()
  await fillWalkIn(page, eventPath, secrets.walkIn)
  await button(page, 'Simpan').click()
  await page.locator('.confirmation', { hasText: secrets.walkIn }).waitFor()
  await page.goto(`${eventPath}/peserta`)
  await page.getByLabel('Cari peserta').fill(secrets.walkIn)
  await page.locator('main a', { hasText: secrets.walkIn }).first().click()
  await page.getByRole('heading', { level: 1, name: secrets.walkIn }).waitFor()

  gateCode = await openGate(office, eventPath)
  const own = guest.page()
  await own.goto(gatePath(gateCode))
  await own.getByText('Sudah diundang').click()
  for (const number of [secrets.phone, secrets.nip]) {
    await own.getByLabel('NIP atau nomor HP').fill(number)
    await button(own, 'Cari').click()
  }
  await own.getByLabel('Nama lengkap').fill(secrets.attendee)
  await button(own, 'Lanjut').click()
  await drawSignature(own)
  await button(own, 'Simpan').click()
  await own.locator('.receipt', { hasText: secrets.attendee }).getByText('Sudah sampai di server').waitFor()

  const cookies = (await office.context().cookies()).map(({ value }) => value)
  const tokens = [new URL(site.setupUrl).hash.slice(1), ...cookies]
  expect(cookies.length).toBeGreaterThan(1)
  const log = site
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .join('\n')
  expect(log).toContain('POST /spaces/:space/push')
  for (const secret of [...Object.values(secrets), ...tokens, gateCode])
    expect([secret, log.includes(secret)]).toEqual([secret, false])
  const addresses = decodeURIComponent(addressesSeen.join('\n')).replaceAll('+', ' ')
  expect(addresses).toContain('/api/v1/spaces/')
  for (const secret of [...Object.values(secrets), ...cookies])
    expect([secret, addresses.includes(secret)]).toEqual([secret, false])
})

/** Whether markup is there to be read, also in a field. */
function isMarkupShown(): boolean {
  const fields = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')]
  const texts = [document.body.textContent, ...fields.map(({ value }) => value)]
  return texts.some((text) => text.includes('<img src=x'))
}

/** Screens that have no word of an event. */
const wordless = new Set<string>([
  ...['/siapkan', '/masuk', '/lupa-sandi', '/akun', '/kode-sandi', '/gabung', '/tim', '/aman', '/cadangan-darurat'],
  ...['/pindai', '/kegiatan/baru', '/kegiatan/:space/impor'],
])

it('every screen shows markup as the text that it is, and breaks no rule of the policy', async () => {
  const { results, form, material, person } = await poison(office, site.url, eventPath.split('/').at(-1) ?? '')
  expect(results).toMatchObject([{ state: 'committed' }])
  const page = office.page()
  await page.goto(`${eventPath}/peserta/${person}`)
  await page.waitForFunction(isMarkupShown)
  async function look(at: Page, path: string, address: string): Promise<void> {
    await openScreen(at, address)
    if (!wordless.has(path)) await at.waitForFunction(isMarkupShown)
    const found = await at.evaluate(() => ({
      ran: Reflect.get(globalThis, 'pwned'),
      made: document.querySelectorAll('img[src=x], a[href^=javascript], #app script').length,
    }))
    expect([path, found.ran, found.made]).toEqual([path, undefined, 0])
  }
  for (const path of pages.filter((each) => !each.startsWith('/m'))) {
    const address = path.replace('/kegiatan/:space', eventPath).replace(':person', person)
    await look(page, path, address.replace(':form', form).replace(':material', material))
  }
  const own = guest.page()
  await look(own, '/m', '/m')
  await look(own, '/m/:code', gatePath(gateCode))
  await page.goto(`${eventPath}/dokumen`)
  for (const format of ['(PDF)', '(Excel)', '(CSV)']) {
    const waiting = page.waitForEvent('download')
    await page.getByRole('listitem').filter({ hasText: format }).getByRole('button', { name: 'Unduh' }).click()
    await button(page, 'Unduh dan catat').click()
    expect((await waiting).suggestedFilename()).toMatch(/^[\w.-]+$/)
  }
  expect(violations).toEqual([])
  expect([...office.errors, ...guest.errors]).toEqual([])
})
