import { cpSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { fileHash } from '../../tools/fileHashes.ts'
import { temporaryFolder } from '../support/server.ts'

/** A copy of the built app that can be turned into the version after it, as often as a test likes. */
export function copyApp() {
  const dist = temporaryFolder()
  cpSync(process.env.HADIR_DIST ?? 'dist', dist, { recursive: true })
  let version = 1
  const chunks = () => readdirSync(join(dist, 'assets'))

  return {
    dist,
    /** The names of this version's assets. */
    chunks,
    /** Makes it the next version's, in which every asset has another name; those of before are gone. */
    releaseNext(): void {
      version++
      const before = chunks()
      const next = (name: string) => name.replace(/(\.version\d+)?\.(\w+)$/, `.version${version}.$2`)
      const names = new RegExp(before.map((name) => name.replaceAll('.', '\\.')).join('|'), 'g')
      const path = (file: string) => join(dist, file)
      const renamed = (file: string) => readFileSync(path(file), 'utf8').replace(names, next)
      for (const name of before) renameSync(path(`assets/${name}`), path(`assets/${next(name)}`))
      const texts = chunks().filter((name) => !name.endsWith('.wasm'))
      for (const file of ['index.html', ...texts.map((name) => `assets/${name}`)])
        writeFileSync(path(file), renamed(file))
      /** Last and at once: the phone may look for it at any moment. */
      const worker = renamed('sw.js')
        .replace(/"revision":"\w+","url":"index.html"/, `"revision":"${version}","url":"index.html"`)
        .replace(
          /"hash":"[^"]+"(,"revision":(?:null|"\w+"),"url":"([^"]+)")/g,
          (_, rest, file) => `"hash":"${fileHash(readFileSync(path(file)))}"${rest}`,
        )
      writeFileSync(path('sw.js'), worker)
    },
  }
}

/** Which version a page shows, as `copyApp` counts them. */
export async function shownVersion(page: Page): Promise<number> {
  const scripts = await page
    .locator('script[src]')
    .evaluateAll((found) => found.map((script) => script.outerHTML).join())
  return Number(/\.version(\d+)\./.exec(scripts)?.[1] ?? 1)
}

/** Looks for the next version; how its installation ends. */
export function lookForUpdate(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    await registration?.update()
    const worker = registration?.installing
    if (!worker) return registration?.waiting ? 'installed' : 'none'
    return new Promise<string>((resolve) => {
      worker.onstatechange = () => resolve(worker.state)
    })
  })
}
