import * as v from 'valibot'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fold } from '../../src/core/fold.ts'
import { gatePath } from '../../src/core/gate.ts'
import type { Change, Fields } from '../../src/core/op.ts'
import { pages } from '../../src/core/pages.ts'
import { enrolMessage } from '../../src/protocol/enrol.ts'
import { PullPage } from '../../src/protocol/pull.ts'
import { drawSignature, openPhone, type Phone } from '../support/phone.ts'
import { makeBody, makeDevice, makePush } from '../support/server.ts'
import { button, fillWalkIn, openGate, openSite, type Site, setUp } from './site.ts'

const markup = '"><img src=x onerror="pwned=1"><script>pwned=1</script><a href="javascript:pwned=1">$t(title) {{name}}'
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

  const code = await openGate(office, eventPath)
  const own = guest.page()
  await own.goto(gatePath(code))
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
  for (const secret of [...Object.values(secrets), ...tokens, code])
    expect([secret, log.includes(secret)]).toEqual([secret, false])
  const addresses = decodeURIComponent(addressesSeen.join('\n')).replaceAll('+', ' ')
  expect(addresses).toContain('/api/v1/spaces/')
  for (const secret of [...Object.values(secrets), ...cookies])
    expect([secret, addresses.includes(secret)]).toEqual([secret, false])
})

/** Takes part as one more organizer's device and writes markup into every text that the event holds. */
async function poison(): Promise<void> {
  const space = eventPath.split('/').at(-1) ?? ''
  const invited = await office.page().evaluate(async (id) => {
    const headers = { 'Content-Type': 'application/json' }
    const body = JSON.stringify({ role: 'organizer' })
    return (await fetch(`/api/v1/spaces/${id}/invites`, { method: 'POST', headers, body })).json()
  }, space)
  const device = makeDevice()
  const proof = device.seal(enrolMessage(device.point))
  const cookies: string[] = []
  const call = async (path: string, message?: object) => {
    const response = await fetch(`${site.url}/api/v1/${path}`, {
      method: message ? 'POST' : 'GET',
      headers: { 'Content-Type': 'application/json', Cookie: cookies.join('; ') },
      ...(message && { body: JSON.stringify(message) }),
    })
    cookies.push(...response.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? ''))
    return response.json()
  }
  await call('enrol', { publicKey: device.point, proof, name: markup, holder: markup, code: invited.code })
  const page = v.parse(PullPage, await call(`spaces/${space}/pull`))
  const ops = page.ops.map(([, dev, n, wall, at, body]) => ({ dev: page.devs[dev] ?? '', n, wall, at, body }))
  const { records } = fold(ops)
  /** Words of people: not ids, days, numbers or the short names of a choice. */
  const isText = (value: unknown) =>
    typeof value === 'string' && /[A-Z][a-z]|\s/.test(value) && !/^[\w-]{22}$/.test(value)
  const changes = [...records].flatMap(([kind, entries]) =>
    [...entries].flatMap(([id, { fields }]): Change[] => {
      const texts = Object.entries(fields).filter(([, value]) => isText(value))
      const poisoned: Fields = Object.fromEntries(texts.map(([name, text]) => [name, `${text} ${markup}`]))
      return texts.length > 0 ? [{ type: 'set', kind, id, fields: poisoned }] : []
    }),
  )
  const now = Date.now()
  const { request } = makePush(device, space, [[1, now, now, makeBody(changes)]])
  expect((await call(`spaces/${space}/push`, request)).results).toMatchObject([{ state: 'committed' }])
}

it('every screen shows markup as the text that it is, and breaks no rule of the policy', async () => {
  await poison()
  const page = office.page()
  const person = addressesSeen.map((url) => /peserta\/([\w-]{22})/.exec(url)?.[1]).find(Boolean) ?? ''
  await page.goto(`${eventPath}/peserta/${person}`)
  await page.getByText('onerror').first().waitFor()
  for (const path of pages) {
    await page.goto(path.replace('/kegiatan/:space', eventPath).replace(':person', person))
    await page.locator('h1').waitFor()
    await page.locator('[aria-busy=true]').waitFor({ state: 'detached' })
    const isListed = ['/', '/kegiatan/:space', '/kegiatan/:space/peserta', '/kegiatan/:space/layar'].includes(path)
    if (isListed) await page.getByText('<img src=x').first().waitFor()
    const found = await page.evaluate(() => ({
      ran: Reflect.get(globalThis, 'pwned'),
      made: document.querySelectorAll('img[src=x], a[href^=javascript], #app script').length,
    }))
    expect([path, found.ran, found.made]).toEqual([path, undefined, 0])
  }
  await page.goto(`${eventPath}/dokumen`)
  for (const format of ['(PDF)', '(Excel)', '(CSV)']) {
    const waiting = page.waitForEvent('download')
    await page.getByRole('listitem').filter({ hasText: format }).getByRole('button', { name: 'Unduh' }).click()
    expect((await waiting).suggestedFilename()).toMatch(/^[\w.-]+$/)
  }
  expect(violations).toEqual([])
  expect([...office.errors, ...guest.errors]).toEqual([])
})
