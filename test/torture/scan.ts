import { cp, rm } from 'node:fs/promises'
import type { BrowserContext, Page } from 'playwright-core'
import { button, waitForStatus } from '../e2e/site.ts'
import { addCanvasCamera, scanCode } from '../support/canvasCamera.ts'
import { openPhone, waitUntil } from '../support/phone.ts'
import { temporaryFolder } from '../support/server.ts'
import { openScale } from '../support/weigh.ts'
import { withCleanup } from './cleanup.ts'
import { createReader, setUpOrganizer } from './clients.ts'
import type { Counts } from './counts.ts'
import { issueBadges } from './scanEvent.ts'
import { openSite } from './site.ts'

/** Every so many codes one of somebody else comes between. */
const strangerEvery = 10
/**
 * What a round may leave behind that stores nothing: the browser's own notes on code that runs often, which level off.
 */
const mostGrownBytes = 400_000
const mostGrownNodes = 50
/** The work of so many scans at the end of a round is held against that of as many near its beginning. */
const compared = 10
/** How many times as much it may be. Work is processors' time, in which a busy machine changes little. */
const mostSlowed = 2

/**
 * What waits for people's eyes, a second at most, passes ten times as fast: a soak is not looked at. Not
 * faster, or a code comes round again before the scanner takes it for another showing (repeats.ts), and it
 * then says nothing about it.
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
 * Puts the phone down, so that the camera is let go and no picture is under way while it is
 * weighed; or takes it up again.
 */
async function setInSight(page: Page, isInSight: boolean): Promise<void> {
  await page.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    },
    isInSight ? 'visible' : 'hidden',
  )
  const hasPicture = async () => Boolean(document.querySelector('video')?.srcObject)
  const hasNone = async () => !document.querySelector('video')?.srcObject
  await waitUntil(page, isInSight ? hasPicture : hasNone)
}

/** Seconds of processors' time that the pages of a browser and their workers have taken. */
async function openStopwatch(context: BrowserContext): Promise<() => Promise<number>> {
  const session = await context.browser()?.newBrowserCDPSession()
  if (!session) throw new Error('the browser does not say how much it works')
  return async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    const pages = processInfo.filter(({ type }) => type === 'renderer')
    return pages.reduce((total, { cpuTime }) => total + cpuTime, 0)
  }
}

/**
 * One page scans passes for a whole day: everybody once, then everybody again, which records nothing, with codes of
 * others in between. Each is recorded once and arrives once; the second round leaves the page as large as it was, and
 * in both a scan is as little work at the end as at the beginning.
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
    const scale = await openScale(page)
    const worked = await openStopwatch(phone.context())
    async function weigh() {
      await setInSight(page, false)
      const weight = await scale()
      await setInSight(page, true)
      return weight
    }

    async function scanRow(from: number): Promise<number> {
      const before = await worked()
      for (const [index, { text, name }] of badges.slice(from, from + compared).entries()) {
        await scanCode(page, text, name)
        const stranger = `WIFI:S:Aula ${from + index};;`
        if (index % strangerEvery === 0) await scanCode(page, stranger, 'Kode ini bukan kode Hadir')
      }
      return (await worked()) - before
    }
    /**
     * Resolves with how many times as much work the last scans were as early ones; in the very first much starts up.
     */
    async function round(): Promise<number> {
      const works: number[] = []
      for (let from = 0; from < badges.length; from += compared) works.push(await scanRow(from))
      return (works.at(-1) ?? 0) / (works[1] ?? 0)
    }
    const slowedRecording = await round()
    /** A word on somebody who was here before is larger than that on a new one: both weights have one on the screen. */
    await scanRow(badges.length / 2)
    const before = await weigh()
    const slowedRepeating = await round()
    const after = await weigh()
    if (before.workerBytes === 0) throw new Error('the scanner’s worker was not weighed')
    const grown = {
      grownBytes: Math.max(0, after.bytes - before.bytes),
      grownWorkerBytes: Math.max(0, after.workerBytes - before.workerBytes),
      grownNodes: Math.max(0, after.nodes - before.nodes),
      slowed: Math.max(slowedRecording, slowedRepeating),
    }
    const isLeaking =
      grown.grownBytes > mostGrownBytes || grown.grownWorkerBytes > mostGrownBytes || grown.grownNodes > mostGrownNodes
    if (phone.errors.length > 0) throw new Error(phone.errors.join('\n'))
    if (isLeaking) throw new Error(`a round leaves behind ${JSON.stringify(grown)}`)
    if (!(grown.slowed <= mostSlowed)) throw new Error(`scans become more work: ${JSON.stringify(grown)}`)

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
