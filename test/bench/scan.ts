import { rm } from 'node:fs/promises'
import { fromBase64Url } from '../../src/core/bytes.ts'
import { packInk } from '../../src/core/ink.ts'
import { addCanvasCamera, scanCode } from '../support/canvasCamera.ts'
import { openPhone } from '../support/phone.ts'
import { temporaryFolder } from '../support/server.ts'
import { drawSignature } from '../support/signature.ts'
import { withCleanup } from '../torture/cleanup.ts'
import { setUpOrganizer } from '../torture/clients.ts'
import { joinToScan } from '../torture/scan.ts'
import { issueBadges } from '../torture/scanEvent.ts'
import { openSite } from '../torture/site.ts'
import type { BenchBrowser } from './browser.ts'
import { type Figure, figure, percentile } from './figure.ts'

const [pictures, scans, hands] = [200, 30, 20]
const mostInkBytes = 400
const median = (samples: number[]) => percentile(samples, 0.5)

/** How long the scanner rests after a result (scanning.ts): nothing is taken meanwhile. */
const restMs = 1000

declare global {
  interface Window {
    /** How many rests of the scanner are under way. */
    rests: number
  }
}

/**
 * Counts the page's timers of that length, so that a code is held up when the scanner takes it, not some time later.
 */
function countRests(ofMs: number): void {
  window.rests = 0
  const wait = window.setTimeout
  const counted = (run: () => void, ms = 0, ...given: unknown[]) => {
    if (ms !== ofMs) return wait(run, ms, ...given)
    window.rests++
    return wait(() => {
      window.rests--
      run()
    }, ms)
  }
  Object.assign(window, { setTimeout: counted })
}

/** From a pass before the camera to "tersimpan" on the screen, against a code that is read and only refused. */
function scanToSaved(): Promise<Figure> {
  return withCleanup(async (atEnd) => {
    const data = temporaryFolder()
    atEnd(() => rm(data, { recursive: true, force: true }))
    const site = await openSite({ HADIR_DATA: data, HADIR_DIST: 'dist' }, atEnd, ['--demo'])
    await setUpOrganizer(site)
    const { space, badges, code } = await issueBadges(site.address, scans)
    const url = await site.address()
    const phone = await openPhone(url)
    atEnd(phone.close)
    await addCanvasCamera(phone.context())
    await phone.context().addInitScript(countRests, restMs)
    const page = phone.page()
    await joinToScan(page, url, space, code)
    async function scan(text: string, title: string): Promise<number> {
      await page.waitForFunction(() => window.rests === 0)
      return scanCode(page, text, title)
    }
    const saved: number[] = []
    const refused: number[] = []
    for (const [index, { text, name }] of badges.entries()) {
      saved.push(await scan(text, name))
      refused.push(await scan(`WIFI:S:Aula ${index};;`, 'Kode ini bukan kode Hadir'))
    }
    return figure('from a pass before the camera to saved, p50', median(saved), 'ms', median(refused), 1.5)
  })
}

export async function measureScan(browser: BenchBrowser): Promise<Figure[]> {
  const page = await browser.openModules()
  const code = await page.evaluate((count) => window.bench.decode('code', count), pictures)
  const nothing = await page.evaluate((count) => window.bench.decode('nothing', count), pictures)
  await page.close()
  const inks = Array.from({ length: hands }, (_, hand) => fromBase64Url(packInk(drawSignature(hand)))?.length ?? 0)
  return [
    figure('a picture with a code, read in the worker, p50', median(code.ours), 'ms', median(code.bare), 1.5),
    figure('a picture without one, p50', median(nothing.ours), 'ms', median(nothing.bare), 1.5),
    figure('a signature, packed, the longest of 20', Math.max(...inks), 'B', mostInkBytes, 1),
    await scanToSaved(),
  ]
}
