import { afterAll, beforeAll, expect, it } from 'vitest'
import { gatePath } from '../../src/core/gate.ts'
import { openPhone, type Phone, waitUntil } from '../support/phone.ts'
import { signIn } from './materialSteps.ts'
import {
  button,
  countPresent,
  joinAsFacilitator,
  openGate,
  openSite,
  recordWalkIn,
  type Site,
  setUp,
  waitForStatus,
} from './site.ts'

let site: Site
let office: Phone
let facilitator: Phone
let guest: Phone
let eventPath: string
let door: string

beforeAll(async () => {
  site = await openSite()
  ;[office, facilitator, guest] = [await openPhone(site.url), await openPhone(site.url), await openPhone(site.url)]
  eventPath = await setUp(office, site)
  await facilitator.page().goto('/')
  await keepStorage(facilitator)
  await joinAsFacilitator(facilitator, office, eventPath)
  door = gatePath(await openGate(office, eventPath))
  await guest.page().goto(door)
  await guest.page().getByLabel('Nama lengkap').waitFor()
  await guest.installed()
  await site.stop()
  for (const phone of [facilitator, guest]) await phone.setOffline(true)
})

afterAll(async () => {
  for (const phone of [office, facilitator, guest]) await phone?.close()
  await site?.stop()
})

/** How many ops lie in the copies of a page's app. */
async function isCopied(count: string): Promise<boolean> {
  const storage = Reflect.get(navigator, 'storageBuckets')
  let found = 0
  for (const name of await storage.keys()) {
    if (!name.includes('-isi-')) continue
    const { indexedDB: ofBucket } = await storage.open(name)
    const opening = ofBucket.open('salinan')
    await new Promise((resolve) => {
      opening.onsuccess = resolve
    })
    const counting = opening.result.transaction('outbox').objectStore('outbox').count()
    await new Promise((resolve) => {
      counting.onsuccess = resolve
    })
    found += counting.result
    opening.result.close()
  }
  return found === Number(count)
}

/** What somebody has granted who was asked whether this site may keep its storage. */
async function keepStorage({ page, context }: Phone): Promise<void> {
  const devTools = await context().newCDPSession(page())
  const { origin } = new URL(site.url)
  await devTools.send('Browser.grantPermissions', { permissions: ['durableStorage'], origin })
  expect(await page().evaluate(() => navigator.storage.persist())).toBe(true)
}

async function areBucketsPersisted(): Promise<boolean> {
  const storage = Reflect.get(navigator, 'storageBuckets')
  const names: string[] = await storage.keys()
  const kept = await Promise.all(names.map(async (name) => (await storage.open(name)).persisted()))
  return kept.length > 0 && kept.every(Boolean)
}

/** The browser begins the database anew, as it does with a damaged one: what else it keeps of the site stays. */
async function loseDatabase(phone: Phone): Promise<void> {
  await phone.page().evaluate(
    () =>
      new Promise((resolve) => {
        indexedDB.deleteDatabase('hadir').onsuccess = resolve
      }),
  )
  await phone.restart({ offline: true })
}

it('what was told to be saved reaches the server once, though the database was lost before it was sent', async () => {
  await recordWalkIn(facilitator.page(), eventPath, 'Tamu Contoh Pintu')
  await signIn(guest.page(), 'Tamu Contoh Sendiri')
  await waitUntil(facilitator.page(), isCopied, '1')
  await waitUntil(guest.page(), isCopied, '1')
  expect(await facilitator.page().evaluate(areBucketsPersisted)).toBe(true)
  await loseDatabase(facilitator)
  await loseDatabase(guest)

  await facilitator.page().goto('/')
  await facilitator.page().getByText('Yang terselamatkan: 1 perubahan').waitFor()
  await waitForStatus(facilitator.page(), /1 menunggu/)
  await facilitator.page().goto(eventPath)
  await facilitator.page().getByText('aman tersimpan di perangkat ini').waitFor()
  await guest.page().goto('/status')
  await guest.page().getByText('1 perubahan').first().waitFor()

  await site.start()
  for (const phone of [facilitator, guest]) await phone.setOffline(false)
  await facilitator.page().goto('/')
  await waitForStatus(facilitator.page(), /^Penyimpanan pernah dikosongkan/)
  await button(facilitator.page(), 'Sudah saya baca').click()
  await waitForStatus(facilitator.page(), /^Terkirim/)
  await guest.page().goto(door)
  await guest.page().getByText('Sudah sampai di server').waitFor()
  for (const name of ['Tamu Contoh Pintu', 'Tamu Contoh Sendiri'])
    expect(await countPresent(office, eventPath, name)).toBe(1)
})

it('a guest’s phone that is full shows no receipt before it says that this is not safe', async () => {
  const phone = await openPhone(site.url)
  const page = phone.page()
  await page.goto(door)
  await page.getByLabel('Nama lengkap').waitFor()
  await phone.installed()
  await page.addInitScript(() => {
    Reflect.get(navigator, 'storageBuckets').open = () => new Promise(() => undefined)
    FileSystemWritableFileStream.prototype.write = () => Promise.reject(new DOMException('', 'QuotaExceededError'))
  })
  await phone.setOffline(true)
  await page.reload()
  await signIn(page, 'Tamu Contoh Penuh')
  expect(await page.getByRole('alert').filter({ hasText: 'belum aman' }).isVisible()).toBe(true)
  expect(await page.getByText(/Tersimpan/).count()).toBe(0)
  await phone.close()
})
