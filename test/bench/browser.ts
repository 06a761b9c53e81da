import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { pipeline, Readable } from 'node:stream'
import { createGunzip, createGzip, gzipSync } from 'node:zlib'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { chromiumArgs, findChromium } from '../support/machine.ts'
import { openBareLog, openLogByHand } from './bare.ts'
import type { Bench } from './page/page.ts'

declare global {
  interface Window {
    bench: Bench
  }
}

/** A Chromium with a profile on the disk, so that a durable write really reaches one. */
export type BenchBrowser = {
  /** The product's own modules in a page, built like the app (bench/page). */
  openModules: () => Promise<Page>
  /** The same page from another origin: a server of ours that serves `modules`. */
  openAt: (url: string) => Promise<Page>
  modules: string
  /** The built app of `dist/`, without a server behind it; below `/bench/` the modules, to write into its database. */
  openApp: (path: string) => Promise<Page>
}

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
}

/**
 * Where the limits are measured: `/bare` gives back the log of its last POST; both say nothing before the disk has it.
 */
type Limits = { bare: ReturnType<typeof openBareLog>; byHand: ReturnType<typeof openLogByHand> }
function answerLimits(
  { bare, byHand }: Limits,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }
  if (request.method === 'GET') {
    response.writeHead(200, headers)
    pipeline(Readable.from([bare.get()]), createGzip(), response, () => undefined)
    return
  }
  const parts: Buffer[] = []
  request
    .pipe(createGunzip())
    .on('data', (part: Buffer) => parts.push(part))
    .on('end', () => {
      const text = Buffer.concat(parts).toString()
      if (path === '/byHand') response.writeHead(200, headers).end(gzipSync(byHand.push(text)))
      else {
        bare.put(text)
        response.writeHead(200).end()
      }
    })
}

/** Serves a folder, every other path as its index.html; isolated from other origins, which gives exact clocks. */
function serveFolder(folder: string, { limits, modules }: { limits?: Limits; modules?: string }): Server {
  return createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname.startsWith('/api/')) {
      response.writeHead(404).end()
      return
    }
    if (limits && (pathname === '/bare' || pathname === '/byHand'))
      return answerLimits(limits, pathname, request, response)
    const isModule = modules && pathname.startsWith('/bench/')
    const path = isModule ? pathname.slice('/bench'.length) : pathname
    const file = extname(path) ? path : '/index.html'
    const bytes = await readFile(join(isModule ? modules : folder, file)).catch(() => undefined)
    response.writeHead(bytes ? 200 : 404, {
      'Content-Type': types[extname(file)] ?? 'application/octet-stream',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    })
    response.end(bytes)
  })
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}

async function openPage(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage()
  page.on('pageerror', (error) => console.error(error))
  await page.goto(url)
  return page
}

export async function withBrowser<T>(run: (browser: BenchBrowser) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'hadir-bench-'))
  const modules = join(folder, 'modules')
  await build({
    configFile: false,
    root: 'test/bench/page',
    base: './',
    logLevel: 'error',
    build: { outDir: modules, target: 'chrome90' },
    worker: { format: 'es' },
  })
  const limits = { bare: openBareLog(join(folder, 'bare.db')), byHand: openLogByHand(join(folder, 'byHand.db')) }
  const [modulesServer, appServer] = [serveFolder(modules, { limits }), serveFolder('dist', { modules })]
  const [modulesUrl, appUrl] = [await listen(modulesServer), await listen(appServer)]
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: findChromium(),
    args: chromiumArgs,
    serviceWorkers: 'block',
  })
  try {
    return await run({
      openModules: () => openPage(context, modulesUrl),
      openAt: (url) => openPage(context, url),
      modules,
      openApp: (path) => openPage(context, appUrl + path),
    })
  } finally {
    await context.close()
    modulesServer.close()
    appServer.close()
    await rm(folder, { recursive: true, force: true })
  }
}
