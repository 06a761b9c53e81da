import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { chromiumArgs, findChromium } from './machine.ts'

/** How long a busy machine may take for what a page does by itself. */
const patienceMs = 60_000

export type PhoneOptions = {
  /** A device's own zone; what is printed must not depend on it. */
  timezoneId?: string
  viewport?: { width: number; height: number }
  /** How far the device's clock is ahead of the true time. */
  clockAheadMs?: number
  /**
   * A video (fakeCamera.ts) that the camera sees; without one there is a camera, but no page may use it. `noCamera`:
   * there is none; `twoCameras`: two that see a test picture.
   */
  video?: string
  /** What the browser says that it is. */
  userAgent?: string
  /** A made-up name of this machine, which browsers do not take for a safe place as they do 127.0.0.1. */
  host?: string
}

function cameraArgs(video: string | undefined): string[] {
  const device = '--use-fake-device-for-media-stream'
  if (video === 'noCamera') return [`${device}=device-count=0`, '--use-fake-ui-for-media-stream']
  if (video === 'twoCameras') return [`${device}=device-count=2`, '--use-fake-ui-for-media-stream']
  return video ? [device, '--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${video}`] : [device]
}

function hostArgs(host: string | undefined): string[] {
  return host ? [`--host-resolver-rules=MAP ${host} 127.0.0.1`] : []
}

/** Sets the clock of every page wrong, before any of its scripts asks for the time. */
function setClockAhead(aheadMs: number): void {
  const trueNow = Date.now
  Date.now = () => trueNow() + aheadMs
}

/**
 * Resolves once a page answers a question with yes; rejects when it still says no after `patienceMs`. Playwright's own
 * `waitForFunction` takes every promise for a yes.
 */
export async function waitUntil(page: Page, ask: (about: string) => Promise<boolean>, about = ''): Promise<void> {
  for (const end = Date.now() + patienceMs; !(await page.evaluate(ask, about)); await after(100))
    if (Date.now() > end) throw new Error(`still no after ${patienceMs} ms: ${ask}`)
}

/** Whether the page's app holds every one of its files whose name matches. */
async function holdsFiles(names: string): Promise<boolean> {
  const worker = await (await fetch('/sw.js')).text()
  const files = [...new Set(worker.match(new RegExp(names, 'g')))]
  const held = await Promise.all(files.map((file) => caches.match(`/${file}`)))
  return held.length > 0 && held.every(Boolean)
}

/** Waits until the app starts without a network; on a device of the team also until it has what only the team needs. */
export async function waitInstalled(page: Page, { team = false } = {}): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  const later = team ? 'pdf' : 'team|en|materi|pdf|ballot'
  await waitUntil(page, holdsFiles, `assets/(?!(?:${later})-)[\\w.-]+`)
}

const looks = new Set<() => Promise<string>>()

/** What every open phone shows, and what its browser holds of ours: why a test failed is seldom in its own words. */
export const lookAtPhones = () => Promise.all([...looks].map((look) => look()))

async function listHeld(): Promise<string> {
  const databases = (await indexedDB.databases()).map(({ name }) => name)
  const names = await caches.keys()
  const counts = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length))
  const files = names.map((name, i) => `${name}: ${counts[i]}`)
  return `databases ${databases}; caches ${files}; worker ${navigator.serviceWorker.controller?.state}`
}

/** A page that hangs says nothing, and is not waited for. */
async function lookAt(page: Page): Promise<string> {
  const seen = Promise.all([page.locator('body').ariaSnapshot(), page.evaluate(listHeld)])
  const told = await Promise.race([seen, after(5_000, ['no answer'])]).catch((error) => [`${error}`])
  return [page.url(), ...told].join('\n')
}

/**
 * A browser with a profile on the disk, as a phone has one: an ordinary test context keeps IndexedDB in memory.
 * `restart` closes the browser and opens it again over the same profile, with or without a network.
 */
export async function openPhone(url: string, options: PhoneOptions = {}) {
  const profile = await mkdtemp(join(tmpdir(), 'hadir-phone-'))
  const errors: string[] = []
  let context: BrowserContext
  let page: Page

  async function launch(offline: boolean) {
    context = await chromium.launchPersistentContext(profile, {
      executablePath: findChromium(),
      args: [...chromiumArgs, ...cameraArgs(options.video), ...hostArgs(options.host)],
      locale: 'id-ID',
      timezoneId: options.timezoneId ?? 'Asia/Jakarta',
      viewport: options.viewport ?? { width: 360, height: 740 },
      acceptDownloads: true,
      baseURL: url,
      offline,
      ...(options.userAgent && { userAgent: options.userAgent }),
    })
    if (options.clockAheadMs) await context.addInitScript(setClockAhead, options.clockAheadMs)
    page = context.pages()[0] ?? (await context.newPage())
    context.setDefaultTimeout(patienceMs)
    page.on('pageerror', (error) => errors.push(error.message))
  }

  await launch(false)
  const look = () => lookAt(page)
  looks.add(look)
  return {
    page: () => page,
    context: () => context,
    /** Bugs that reached the page's one handler. */
    errors,
    setOffline: (offline: boolean) => context.setOffline(offline),
    restart: async ({ offline }: { offline: boolean }) => {
      await context.close()
      await launch(offline)
    },
    installed: (whose?: { team?: boolean }) => waitInstalled(page, whose),
    close: async () => {
      looks.delete(look)
      await context.close()
      await rm(profile, { recursive: true, force: true })
    },
  }
}
export type Phone = Awaited<ReturnType<typeof openPhone>>

/** Draws a signature with the mouse on the pad of the page: three strokes across its box. */
export async function drawSignature(page: Page, { strokes = 3 } = {}): Promise<void> {
  const pad = page.locator('canvas')
  /** Waits until the pad is in sight, lies still and has nothing over it. */
  await pad.hover()
  const box = await pad.boundingBox()
  if (!box) throw new Error('No signature pad on the page')
  for (let stroke = 0; stroke < strokes; stroke++) {
    const left = box.x + box.width * (0.15 + 0.22 * stroke)
    await page.mouse.move(left, box.y + box.height * 0.6)
    await page.mouse.down()
    for (let i = 1; i <= 8; i++) {
      await page.mouse.move(left + (box.width * 0.2 * i) / 8, box.y + box.height * (i % 2 ? 0.3 : 0.65))
    }
    await page.mouse.up()
  }
}
