import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPhone, type Phone } from '../support/phone.ts'
import { joinAsFacilitator, link, openSite, recordWalkIn, type Site, setUp, waitForStatus } from './site.ts'

let site: Site
let office: Phone
let phone: Phone
let eventPath: string

beforeAll(async () => {
  site = await openSite()
  office = await openPhone(site.url)
  phone = await openPhone(site.url)
  eventPath = await setUp(office, site)
  await joinAsFacilitator(phone, office, eventPath)
})

afterAll(async () => {
  for (const device of [office, phone]) await device?.close()
  await site?.stop()
})

it('[S12] the app holds a stream while somebody looks, and what another phone records appears', async () => {
  const reader = office.page()
  const opened = reader.waitForResponse((response) => response.url().endsWith('/api/v1/events'))
  await reader.goto(`${eventPath}/peserta?hadir=tambahan`)
  const stream = await opened
  expect([stream.status(), stream.headers()['content-type']]).toEqual([200, 'text/event-stream'])
  await recordWalkIn(phone.page(), eventPath, 'Lewat Kabar')
  await expect.poll(() => link(reader, /Lewat Kabar/).count()).toBe(1)
})

it('[S12] where no stream gets through, the timer brings it', async () => {
  const reader = office.page()
  await office.context().route('**/api/v1/events', (route) => route.fulfill({ status: 502, body: 'proxy' }))
  await reader.goto(`${eventPath}/peserta?hadir=tambahan`)
  await waitForStatus(reader, /Terkirim/)
  await recordWalkIn(phone.page(), eventPath, 'Lewat Waktu')
  await expect.poll(() => link(reader, /Lewat Waktu/).count()).toBe(1)
  expect([...phone.errors, ...office.errors]).toEqual([])
})
