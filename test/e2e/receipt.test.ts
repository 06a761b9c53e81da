import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gatePath } from '../../src/core/gate.ts'
import { drawSignature, openPhone, type Phone } from '../support/phone.ts'
import { button, countPresent, joinAsFacilitator, openGate, openSite, type Site, setUp, waitForStatus } from './site.ts'

let site: Site
let office: Phone
let facilitator: Phone
let guest: Phone
let eventPath: string
let gateLink: string

beforeAll(async () => {
  site = await openSite()
  office = await openPhone(site.url)
  facilitator = await openPhone(site.url)
  guest = await openPhone(site.url)
  eventPath = await setUp(office, site)
  await joinAsFacilitator(facilitator, office, eventPath)
  gateLink = gatePath(await openGate(office, eventPath))
})

afterAll(async () => {
  expect([...guest.errors, ...facilitator.errors]).toEqual([])
  for (const phone of [office, facilitator, guest]) await phone?.close()
  await site?.stop()
})

const name = 'Tamu Contoh Tanpa Sinyal'

describe('[S13] an attendee’s phone and a facilitator’s, both without a network', () => {
  it('hand over a sign-in by QR code; it is on the list at once, and once in the end', async () => {
    await guest.page().goto(gateLink)
    await guest.page().getByLabel('Nama lengkap').waitFor()
    await guest.installed()
    await site.stop()

    const page = guest.page()
    await page.getByLabel('Nama lengkap').fill(name)
    await button(page, 'Lanjut').click()
    await drawSignature(page)
    await button(page, 'Simpan').click()
    await page.getByRole('heading', { name: 'Tersimpan, belum terkirim' }).waitFor()
    const code = page.getByRole('img', { name: 'Kode QR bukti kehadiran' })
    await code.waitFor()
    const photo = await code.screenshot()

    const scanner = facilitator.page()
    await scanner.goto(`${eventPath}/pindai`)
    await scanner.locator('input[type=file]').setInputFiles({ name: 'foto.png', mimeType: 'image/png', buffer: photo })
    /** In the list: what fills the screen is gone after a second. */
    const said = await scanner.locator('.scanned', { hasText: name }).textContent()
    expect(said).toMatch(/dibawa perangkat ini sampai terkirim/)
    expect(said).not.toMatch(/belum dapat diperiksa/)
    expect(await countPresent(facilitator, eventPath, name)).toBe(1)
    await waitForStatus(scanner, /1 menunggu/)

    await site.start()
    await waitForStatus(scanner, /^Terkirim/)
    await page.getByText('Sudah sampai di server').waitFor()
    expect(await countPresent(office, eventPath, name)).toBe(1)
    expect(await countPresent(facilitator, eventPath, name)).toBe(1)

    await scanner.goto(`${eventPath}/pindai`)
    await scanner.locator('input[type=file]').setInputFiles({ name: 'foto.png', mimeType: 'image/png', buffer: photo })
    await scanner.locator('.scanned', { hasText: /Sudah hadir sejak/ }).waitFor()
  })
})
