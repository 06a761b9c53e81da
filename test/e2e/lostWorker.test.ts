import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPhone, type Phone } from '../support/phone.ts'
import { copyApp, lookForUpdate, shownVersion } from './releases.ts'
import { button, countPresent, openSite, recordWalkIn, type Site, setUp, waitForStatus } from './site.ts'

const app = copyApp()

let site: Site
let phone: Phone
let eventPath: string

beforeAll(async () => {
  site = await openSite({ HADIR_DIST: app.dist })
  phone = await openPhone(site.url)
  eventPath = await setUp(phone, site)
  await phone.context().route('**/api/**', (route) => route.abort())
  await recordWalkIn(phone.page(), eventPath, 'Sebelum Hilang')
})

afterAll(async () => {
  await phone?.close()
  await site?.stop()
})

const heading = (name: string) => phone.page().getByRole('heading', { name })
const complete = () => phone.page().getByText('Aplikasi lengkap dan dapat dibuka tanpa internet')

/** Chromium may lose all of this on a full disk while the database stays. */
function loseCaches(): Promise<void> {
  return phone.page().evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name)
  })
}

/** Takes a file of the app from the server; the returned function puts it back. */
function takeAway(name: string): () => void {
  const [path, aside] = [join(app.dist, name), join(app.dist, 'aside')]
  renameSync(path, aside)
  return () => renameSync(aside, path)
}

describe('a phone that has lost the app and not its work', () => {
  it('is not called ready when its caches are gone, and has them again after a start with a network', async () => {
    const page = phone.page()
    await page.goto(`${eventPath}/siap`)
    await complete().waitFor()
    await site.stop()
    await loseCaches()
    await button(page, 'Periksa lagi').click()
    await heading('Sebagian aplikasi belum tersimpan').waitFor()
    expect(await complete().count()).toBe(0)
    await site.start()
    await page.goto(eventPath)
    await phone.installed({ team: true })
    await site.stop()
    await phone.restart({ offline: false })
    await phone.context().route('**/api/**', (route) => route.abort())
    await phone.page().goto(`${eventPath}/siap`)
    await complete().waitFor()
    await waitForStatus(phone.page(), /1 menunggu dikirim/)
    await site.start()
  })

  it('is not called ready when its worker is gone, and has one again once the server gives it, with the page open', async () => {
    const page = phone.page()
    const putBack = takeAway('sw.js')
    await loseCaches()
    await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.unregister()))
    await page.goto(`${eventPath}/siap`)
    await heading('Aplikasi belum siap dibuka tanpa internet').waitFor()
    putBack()
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await phone.installed({ team: true })
    await site.stop()
    await page.reload()
    await complete().waitFor()
    await waitForStatus(page, /1 menunggu dikirim/)
    await site.start()
  })

  it('takes no page of a newer version for its own, whose files it does not get', async () => {
    const page = phone.page()
    app.releaseNext()
    const putBack = takeAway(`assets/${app.chunks().find((name) => name.startsWith('attendee-')) ?? ''}`)
    await loseCaches()
    await page.goto(`${eventPath}/siap`)
    await heading('Sebagian aplikasi belum tersimpan').waitFor()
    const ofWorker = await page.evaluate(async () => {
      const names = (await caches.keys()).filter((name) => name.startsWith('hadir-') && name !== 'hadir-2')
      const found = names.map(async (name) => (await caches.open(name)).match('/index.html', { ignoreSearch: true }))
      return (await Promise.all(found)).filter(Boolean).length
    })
    expect(ofWorker).toBe(0)
    putBack()
    expect(await lookForUpdate(page)).toBe('installed')
    await phone.restart({ offline: false })
    await phone.page().goto(`${eventPath}/siap`)
    await complete().waitFor()
    await site.stop()
    await phone.page().reload()
    await complete().waitFor()
    expect(await shownVersion(phone.page())).toBe(2)
    await site.start()
  })

  it('sends what it had, once', async () => {
    const page = phone.page()
    await page.goto(eventPath)
    await waitForStatus(page, /Terkirim/)
    expect(await countPresent(phone, eventPath, 'Sebelum Hilang')).toBe(1)
    expect(phone.errors).toEqual([])
  })
})
