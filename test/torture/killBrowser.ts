import { cp, rm } from 'node:fs/promises'
import { setTimeout as after } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { button, fillWalkIn, recordWalkIn, waitForStatus } from '../e2e/site.ts'
import { must } from '../support/browserLink.ts'
import { waitInstalled } from '../support/phone.ts'
import { temporaryFolder } from '../support/server.ts'
import { openChromium } from './chromium.ts'
import { withCleanup } from './cleanup.ts'
import { createReader, createWriter, setUpOrganizer } from './clients.ts'
import { type Counts, compareNames, randomUpTo } from './counts.ts'
import { openSite } from './site.ts'

/** The bodies of this browser's own ops, sent or not, straight from its IndexedDB. */
function readOwnOps(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const answerOf = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const db = await answerOf(indexedDB.open('hadir'))
    const stores = db.transaction(['outbox', 'sent'])
    const unsent = await answerOf(stores.objectStore('outbox').getAll())
    const sent = await answerOf(stores.objectStore('sent').getAll())
    db.close()
    const runs: unknown[][][] = sent.map(({ ops }) => JSON.parse(ops))
    return [...unsent.map(({ body }) => String(body)), ...runs.flat().map(([, , body]) => String(body))]
  })
}

/**
 * A facilitator records walk-ins through the built app's screens without a server, and the whole browser is
 * killed while the next one is being saved. Every check-in that was confirmed is there when the browser opens
 * again, and arrives on the server exactly once. After every `killsPerNetwork` kills the server is there for a
 * while, and what was saved goes out.
 */
export function killBrowser(kills: number, killsPerNetwork: number): Promise<Counts> {
  return withCleanup(async (atEnd) => {
    const [dist, profile] = [temporaryFolder(), temporaryFolder()]
    for (const folder of [dist, profile]) atEnd(() => rm(folder, { recursive: true, force: true }))
    /** A build that runs meanwhile is not this browser's update. */
    await cp('dist', dist, { recursive: true })
    const site = await openSite({ HADIR_DATA: temporaryFolder(), HADIR_DIST: dist }, atEnd, ['--demo'])
    await setUpOrganizer(site)
    const { link } = await createWriter(site.address)
    const space = must(await link.session()).spaces[0]?.space ?? ''
    const { code } = must(await link.invite(space, { role: 'facilitator' }))
    const url = await site.address()
    const event = `${url}/kegiatan/${space}`

    let browser = await openChromium(profile, atEnd)
    await browser.page.goto(`${url}/gabung#${code}`)
    await browser.page.getByLabel('Nama Anda').fill('Fasilitator Contoh')
    await button(browser.page, 'Gabung').click()
    await browser.page.getByText('dapat dipakai tanpa internet').first().waitFor()
    await waitInstalled(browser.page)
    await site.stop()

    const confirmed: string[] = []
    let [lost, doubled, cutOff] = [0, 0, 0]

    /** Records one or two people, and is killed at any moment after a third was asked to be saved. */
    async function recordUntilKilled(kill: number): Promise<void> {
      for (let person = randomUpTo(1); person >= 0; person--) {
        const name = `Tamu ${kill} ${person}`
        await recordWalkIn(browser.page, event, name)
        confirmed.push(name)
      }
      const last = `Tamu ${kill} Akhir`
      await fillWalkIn(browser.page, event, last)
      const saving = button(browser.page, 'Simpan')
        .click()
        .then(() => browser.page.locator('.confirmation', { hasText: last }).waitFor())
        .then(() => confirmed.push(last))
        .catch(() => cutOff++)
      await after(randomUpTo(600))
      await browser.kill()
      await saving
    }

    async function goOnline(): Promise<void> {
      await site.start()
      await browser.page.goto(event)
      await waitForStatus(browser.page, /Terkirim/)
      const bodies: string[] = []
      await createReader(link, space, (body) => bodies.push(body)).readToEnd()
      const onServer = compareNames(confirmed, bodies)
      lost += onServer.lost
      doubled += onServer.doubled
      await site.stop()
    }

    for (let kill = 1; kill <= kills; kill++) {
      await recordUntilKilled(kill)
      browser = await openChromium(profile, atEnd)
      await browser.page.goto(event)
      await browser.page.locator('.figure-number').waitFor()
      const onDevice = compareNames(confirmed, await readOwnOps(browser.page))
      lost += onDevice.lost
      doubled += onDevice.doubled
      if (kill % killsPerNetwork === 0 || kill === kills) await goOnline()
    }
    return { kills, acknowledged: confirmed.length, cutOff, doubled, lost }
  })
}
