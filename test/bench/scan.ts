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
    const page = phone.page()
    await joinToScan(page, url, space, code)
    const [saved, refused]: number[][] = [[], []]
    for (const [index, { text, name }] of badges.entries()) {
      /** The result before stays for a second, and nothing is taken meanwhile. */
      await page.waitForTimeout(1100)
      saved?.push(await scanCode(page, text, name))
      await page.waitForTimeout(1100)
      refused?.push(await scanCode(page, `WIFI:S:Aula ${index};;`, 'Kode ini bukan kode Hadir'))
    }
    return figure('from a pass before the camera to saved, p50', median(saved ?? []), 'ms', median(refused ?? []), 1.5)
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
