import { cp, rm } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { button, waitForStatus } from '../e2e/site.ts'
import { addCanvasCamera, scanCode } from '../support/canvasCamera.ts'
import { openPhone } from '../support/phone.ts'
import { temporaryFolder } from '../support/server.ts'
import { openScale } from '../support/weigh.ts'
import { withCleanup } from './cleanup.ts'
import { createReader, setUpOrganizer } from './clients.ts'
import type { Counts } from './counts.ts'
import { issueBadges } from './scanEvent.ts'
import { openSite } from './site.ts'

/** Every so many codes one of somebody else comes between. */
const strangerEvery = 10
/** A round that stores nothing may leave behind what is under way just then: some pictures, and rows of the list. */
const mostGrownBytes = 6_000_000
const mostGrownNodes = 50

/**
 * What waits for people's eyes, a second at most, passes ten times as fast: a soak is not looked at. Not faster, or a code
 * comes round again before the scanner takes it for another showing (repeats.ts), and it then says nothing about it.
 */
function hurry(): void {
  const wait = window.setTimeout
  const hurried = (run: TimerHandler, ms = 0, ...given: unknown[]) => wait(run, ms <= 1000 ? ms / 10 : ms, ...given)
  Object.assign(window, { setTimeout: hurried })
}

/** Makes a page a facilitator's, before the scanner of an event. */
export async function joinToScan(page: Page, url: string, space: string, code: string): Promise<void> {
  await page.goto(`${url}/gabung#${code}`)
  await page.getByLabel('Nama Anda').fill('Fasilitator Contoh')
  await button(page, 'Gabung').click()
  await page.getByText('dapat dipakai tanpa internet').first().waitFor()
  await page.goto(`${url}/kegiatan/${space}/pindai`)
  await page.getByText('Arahkan ke kode QR').waitFor()
}

/**
 * One page scans passes for a whole day: everybody once, then everybody again, which records nothing, with codes of
 * others in between. Each is recorded once and arrives once; the second round leaves the page as large as it was.
 */
export function scanAllDay(scans: number): Promise<Counts> {
  return withCleanup(async (atEnd) => {
    const dist = temporaryFolder()
    atEnd(() => rm(dist, { recursive: true, force: true }))
    await cp('dist', dist, { recursive: true })
    const site = await openSite({ HADIR_DATA: temporaryFolder(), HADIR_DIST: dist }, atEnd, ['--demo'])
    await setUpOrganizer(site)
    const { link, space, badges, code } = await issueBadges(site.address, scans / 2)
    const url = await site.address()
    const phone = await openPhone(url)
    atEnd(phone.close)
    await addCanvasCamera(phone.context())
    await phone.context().addInitScript(hurry)
    const page = phone.page()
    await joinToScan(page, url, space, code)
    const weigh = await openScale(page)

    async function round(): Promise<void> {
      for (const [index, { text, name }] of badges.entries()) {
        await scanCode(page, text, name)
        if (index % strangerEvery === 0) await scanCode(page, `WIFI:S:Aula ${index};;`, 'Kode ini bukan kode Hadir')
      }
    }
    await round()
    const before = await weigh()
    await round()
    const after = await weigh()
    if (before.workerBytes === 0) throw new Error('the scanner’s worker was not weighed')
    const grown = {
      grownBytes: Math.max(0, after.bytes - before.bytes),
      grownWorkerBytes: Math.max(0, after.workerBytes - before.workerBytes),
      grownNodes: Math.max(0, after.nodes - before.nodes),
    }
    const isLeaking =
      grown.grownBytes > mostGrownBytes || grown.grownWorkerBytes > mostGrownBytes || grown.grownNodes > mostGrownNodes
    if (phone.errors.length > 0) throw new Error(phone.errors.join('\n'))
    if (isLeaking) throw new Error(`a round leaves behind ${JSON.stringify(grown)}`)

    await waitForStatus(page, /Terkirim/)
    const bodies: string[] = []
    await createReader(link, space, (body) => bodies.push(body)).readToEnd()
    const recorded = bodies.filter((body) => body.includes('"attendance"'))
    const counts = badges.map(({ person }) => recorded.filter((body) => body.includes(person)).length)
    const lost = counts.filter((count) => count === 0).length
    const doubled = counts.filter((count) => count > 1).length
    return { scans: 2 * badges.length, acknowledged: badges.length, ...grown, doubled, lost }
  })
}
