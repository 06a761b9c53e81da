import { serveStatic } from '@hono/node-server/serve-static'
import { type Context, Hono, type Next } from 'hono'
import { compress } from 'hono/compress'
import type { Logger } from 'pino'
import * as v from 'valibot'
import { isPage } from '../core/pages.ts'
import { Id } from '../protocol/parts.ts'
import { type Endpoint, endpoints } from './endpoints.ts'
import type { Call } from './metrics.ts'
import { refuse } from './routes/answers.ts'
import type { Deps } from './routes/deps.ts'
import { believeProxies, dress, forbidStoring, guardWrites } from './skin.ts'

const base = '/api/v1'
const closedRetryMs = 2_000

/** SQLite's, the operating system's and PostgreSQL's word for a full disk. */
const fullDisk = ['SQLITE_FULL', 'ENOSPC', '53100']

export type AppOptions = {
  distFolder: string
  publicUrl: string | undefined
  /** How many proxies of our own stand in front. */
  proxies: number
  log: Logger
  /** Hears of every call of an endpoint. */
  onCall?: (call: Call) => void
}

/** Request → Response, without a socket. */
export function createApp(deps: Deps, { distFolder, publicUrl, proxies, log, onCall }: AppOptions) {
  const app = new Hono()
  app.use(believeProxies(proxies))
  app.use(dress)

  app.use('/api/*', forbidStoring, guardWrites(publicUrl))
  for (const endpoint of endpoints) {
    const { method, path, route } = endpoint
    app.on(method, `${base}${path}`, note(endpoint, log, onCall), route(deps))
  }
  app.all('/api/*', (c) => refuse(c, { kind: 'notFound' }))
  serveFiles(app, distFolder)

  app.onError((error, c) => {
    deps.damage.note(error)
    const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
    log.error({ name: error.name, code, at: framesOf(error) }, 'a call failed')
    return refuse(c, { kind: fullDisk.includes(code ?? '') ? 'storageFull' : 'serverError' })
  })
  return app
}

/** The built app, whose pages are all one file. */
function serveFiles(app: Hono, distFolder: string): void {
  const shell = serveStatic({ root: distFolder, path: 'index.html' })
  app.use(compress(), letStoreAssets, serveStatic({ root: distFolder }))
  app.get('*', (c, next) => (isPage(c.req.path) ? shell(c, next) : next()))
}

/** What is served while there is no database to ask: the app itself; every call is to come again in a moment. */
export function createClosedApp(distFolder: string) {
  const app = new Hono()
  app.use(dress)
  app.all('/api/*', forbidStoring, (c) => refuse(c, { kind: 'serverError', retryAfterMs: closedRetryMs }))
  serveFiles(app, distFolder)
  return app
}

/** Where an error comes from, without its message: a database quotes in it what people typed. */
function framesOf({ stack = '' }: Error): string[] {
  return stack.split('\n').filter((line) => /^ +at /.test(line))
}

/** Assets carry their hash in their name; everything else must be asked for again. */
async function letStoreAssets(c: Context, next: Next): Promise<void> {
  await next()
  const isHashed = c.res.ok && c.req.path.startsWith('/assets/')
  c.header('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
}

/**
 * One line per call, without a query, a body or a name: of an address only the endpoint and the space's id. Of ballots
 * none at all: the moment would tell whose it was.
 */
function note({ method, path }: Endpoint, log: Logger, onCall: AppOptions['onCall']) {
  return async (c: Context, next: Next): Promise<void> => {
    const start = performance.now()
    await next()
    const ms = Math.round(performance.now() - start)
    const call = `${method} ${path}`
    onCall?.({ call, status: c.res.status, ms })
    if (path === '/ballots') return
    const space = v.safeParse(Id, c.req.param('space'))
    log.info({ call, space: space.success ? space.output : undefined, status: c.res.status, ms }, 'call')
  }
}
