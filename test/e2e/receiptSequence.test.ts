import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeVideo } from '../support/fakeCamera.ts'
import { openPhone, type Phone } from '../support/phone.ts'
import { receiptsOf, signInOffline } from '../sync/guest.ts'
import { countPresent, joinAsFacilitator, link, openGate, openSite, type Site, setUp, waitForStatus } from './site.ts'

let site: Site
let office: Phone
let facilitator: Phone
let eventPath: string

const name = 'Tamu Contoh Bertinta Panjang'
/** Ink that does not deflate, too long for one code. */
const ink = Array.from(
  { length: 1600 },
  (_, i) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[Math.floor(Math.abs(Math.sin(i * 12.9898) * 43758.5453)) % 26],
).join('')

/** Requests of the client's code in this process, as if its page were the site's. */
const toSite = async (request: Request) => {
  const { pathname, search } = new URL(request.url)
  const headers = new Headers(request.headers)
  headers.set('Origin', site.url)
  const body = request.method === 'GET' ? undefined : await request.arrayBuffer()
  return fetch(site.url + pathname + search, { method: request.method, headers, ...(body && { body }) })
}

/** The codes that an attendee's phone without a network shows one after the other, of which one in three is missed. */
async function codesOfGuest(code: string): Promise<string[]> {
  const phone = await signInOffline({ fetch: toSite }, code, name, ink)
  const [event] = await phone.db.spaces.toArray()
  const made = await receiptsOf(phone).make(event?.space ?? '')
  if (!made.ok) throw new Error(made.failure.kind)
  const { count, code: codeOf } = made.value
  expect(count).toBeGreaterThan(2)
  const frames = Array.from({ length: count * 3 }, (_, i) => i).filter((i) => i % 3 !== 1)
  return frames.map(codeOf)
}

beforeAll(async () => {
  site = await openSite()
  office = await openPhone(site.url)
  eventPath = await setUp(office, site)
  const codes = await codesOfGuest(await openGate(office, eventPath))
  facilitator = await openPhone(site.url, { video: writeVideo(codes.map((text) => ({ text, seconds: 0.5 }))) })
  await joinAsFacilitator(facilitator, office, eventPath)
})

afterAll(async () => {
  expect([...office.errors, ...facilitator.errors]).toEqual([])
  for (const phone of [office, facilitator]) await phone?.close()
  await site?.stop()
})

it('[S13] a receipt too long for one code is read by the camera from a sequence with frames missing, and delivered', async () => {
  await facilitator.setOffline(true)
  const page = facilitator.page()
  await page.goto(`${eventPath}/hadir`)
  await link(page, 'Pindai kode').click()
  await page.getByText(/[1-9]\d* dari \d+ bagian terbaca/).waitFor()
  await page.locator('.scanned', { hasText: name }).waitFor()
  /** By key: the camera goes on, and what it reads covers the screen. */
  await link(page, 'Kembali').press('Enter')
  await waitForStatus(page, /1 menunggu/)
  await facilitator.setOffline(false)
  await waitForStatus(page, /^Terkirim/)
  expect(await countPresent(office, eventPath, name)).toBe(1)
})
