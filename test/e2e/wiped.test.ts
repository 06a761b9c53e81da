import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPhone, type Phone } from '../support/phone.ts'
import { button, joinAsFacilitator, openSite, type Site, setUp } from './site.ts'

let site: Site
let organizer: Phone
let phone: Phone
let eventPath: string

beforeAll(async () => {
  site = await openSite()
  organizer = await openPhone(site.url)
  phone = await openPhone(site.url)
  eventPath = await setUp(organizer, site)
  await joinAsFacilitator(phone, organizer, eventPath)
})

afterAll(async () => {
  await phone?.close()
  await organizer?.close()
  await site?.stop()
})

/** The browser clears IndexedDB under the app, and nothing else: the cookie and the app's files stay. */
async function clearDatabase(): Promise<void> {
  const page = phone.page()
  const browser = await phone.context().newCDPSession(page)
  await browser.send('Storage.clearDataForOrigin', { origin: new URL(site.url).origin, storageTypes: 'indexeddb' })
}

const wiped = () => phone.page().getByRole('heading', { name: 'Penyimpanan perangkat ini pernah dikosongkan' })

describe('a phone whose database is gone and whose cookie is not', () => {
  it('says so without a network, also after it was opened anew', async () => {
    await phone.setOffline(true)
    await clearDatabase()
    await phone.page().goto('/')
    await wiped().waitFor()
    expect(
      await phone
        .page()
        .getByText(/^Yang hilang/)
        .isVisible(),
    ).toBe(true)
    await phone.restart({ offline: true })
    await phone.page().goto('/')
    await wiped().waitFor()
  })

  it('is the same holder’s again once there is a network, with its event, and says it until that was read', async () => {
    await phone.setOffline(false)
    const page = phone.page()
    await page.reload()
    await page.getByText(/Sosialisasi Aplikasi/).waitFor()
    await wiped().waitFor()
    await page.goto('/status')
    await page.getByText('Fasilitator Contoh').first().waitFor()
    await page.goto('/')
    await button(page, 'Sudah saya baca').click()
    await wiped().waitFor({ state: 'detached' })
  })

  it('says nothing of it once somebody has signed out here', async () => {
    const page = phone.page()
    await page.goto('/aman')
    await button(page, 'Keluar dan kosongkan').click()
    await page.getByRole('link', { name: /kode/i }).waitFor()
    await phone.setOffline(true)
    await page.reload()
    await page.getByRole('link', { name: /kode/i }).waitFor()
    expect(await wiped().count()).toBe(0)
  })
})
