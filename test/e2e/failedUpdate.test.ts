import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPhone, type Phone } from '../support/phone.ts'
import { copyApp, lookForUpdate, shownVersion } from './releases.ts'
import { button, openSite, recordWalkIn, type Site, setUp, waitForStatus } from './site.ts'

const app = copyApp()

let site: Site
let phone: Phone
let eventPath: string

beforeAll(async () => {
  site = await openSite({ HADIR_DIST: app.dist })
  phone = await openPhone(site.url)
  eventPath = await setUp(phone, site)
})

afterAll(async () => {
  await phone?.close()
  await site?.stop()
})

/** What the readiness check says of it. */
const fullUpdate = (page: Page) => page.getByRole('heading', { name: 'Pembaruan aplikasi tidak mendapat ruang' })

const cacheNames = () => phone.page().evaluate(() => caches.keys())

/** Gives the app's site so much more room than it takes now; none said: all that there is. */
async function leaveRoom(bytes?: number): Promise<void> {
  const page = phone.page()
  const browser = await phone.context().newCDPSession(page)
  const { origin } = new URL(site.url)
  const { usage } = await browser.send('Storage.getUsageAndQuota', { origin })
  await browser.send('Storage.overrideQuotaForOrigin', {
    origin,
    ...(bytes !== undefined && { quotaSize: usage + bytes }),
  })
}

/** As if the update had found no room a day ago. */
async function aDayLater(): Promise<void> {
  const cache = await caches.open('penuh')
  const at: number = await (await cache.match('/sejak'))?.json()
  await cache.put('/sejak', new Response(JSON.stringify(at - 86_400_000)))
}

describe('an update for which a phone has no room', () => {
  it('leaves none of it behind, and all of the version that is shown as it was', async () => {
    const page = phone.page()
    await page.goto(`${eventPath}/siap`)
    const complete = page.getByText('Aplikasi lengkap dan dapat dibuka tanpa internet')
    await complete.waitFor()
    const before = await cacheNames()
    app.releaseNext()
    await leaveRoom(700_000)
    expect(await lookForUpdate(page)).toBe('redundant')
    expect((await cacheNames()).filter((name) => name.startsWith('hadir-'))).toEqual(
      before.filter((name) => name.startsWith('hadir-')),
    )
    await site.stop()
    await page.reload()
    await complete.waitFor()
    expect(await shownVersion(page)).toBe(1)
    await fullUpdate(page).waitFor()
    await recordWalkIn(page, eventPath, 'Di Ponsel Penuh')
    await waitForStatus(page, /1 menunggu dikirim/)
    await site.start()
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await waitForStatus(page, /Terkirim/)
  })

  it('is not fetched again at every start, but after a while, and then comes', async () => {
    const page = phone.page()
    await leaveRoom()
    const fetched: string[] = []
    phone.context().on('request', (request) => fetched.push(new URL(request.url()).pathname))
    for (let look = 0; look < 3; look++) expect(await lookForUpdate(page)).toBe('redundant')
    expect(fetched.filter((path) => path.includes('.version2.'))).toEqual([])
    await page.evaluate(aDayLater)
    expect(await lookForUpdate(page)).toBe('installed')
    await button(page, 'Perbarui').click()
    await expect.poll(() => shownVersion(page)).toBe(2)
  })
})

describe('an update for which there is room again', () => {
  it('comes at once on a person`s word, and is spoken of no more', async () => {
    const page = phone.page()
    app.releaseNext()
    await leaveRoom(700_000)
    expect(await lookForUpdate(page)).toBe('redundant')
    await leaveRoom()
    await page.goto(`${eventPath}/siap`)
    await fullUpdate(page).waitFor()
    await button(page, 'Unduh pembaruan').click()
    await expect.poll(() => fullUpdate(page).count()).toBe(0)
    await button(page, 'Perbarui').click()
    await expect.poll(() => shownVersion(page)).toBe(3)
  })
})

describe('a server whose files are of two versions, as while one is put over the other', () => {
  it('has no page taken for that of another version, and the update comes once all are there', async () => {
    const page = phone.page()
    const shell = join(app.dist, 'index.html')
    const old = readFileSync(shell)
    app.releaseNext()
    const next = readFileSync(shell)
    writeFileSync(shell, old)
    expect(await lookForUpdate(page)).toBe('redundant')
    writeFileSync(shell, next)
    expect(await lookForUpdate(page)).toBe('installed')
    await button(page, 'Perbarui').click()
    await expect.poll(() => shownVersion(page)).toBe(4)
    await site.stop()
    await page.reload()
    await waitForStatus(page, /tidak ada perubahan yang menunggu/)
    expect(await shownVersion(page)).toBe(4)
    expect(phone.errors).toEqual([])
  })
})
