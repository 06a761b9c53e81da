import { serveStatic } from '@hono/node-server/serve-static'
import { type Context, Hono, type Next } from 'hono'
import { compress } from 'hono/compress'
import type { Logger } from 'pino'
import { endpoints } from './endpoints.ts'
import { refuse } from './routes/answers.ts'
import type { Deps } from './routes/deps.ts'
import { dress, forbidStoring, guardWrites } from './skin.ts'

const base = '/api/v1'

/** SQLite's, the operating system's and PostgreSQL's word for a full disk. */
const fullDisk = ['SQLITE_FULL', 'ENOSPC', '53100']

export type AppOptions = { distFolder: string; publicUrl: string | undefined; log: Logger }

/** Request → Response, without a socket. */
export function createApp(deps: Deps, { distFolder, publicUrl, log }: AppOptions) {
  const app = new Hono()
  app.use(dress)
  app.use(compress())

  app.use('/api/*', forbidStoring, logCalls(log), guardWrites(publicUrl))
  for (const { method, path, route } of endpoints) app.on(method, `${base}${path}`, route(deps))
  app.all('/api/*', (c) => refuse(c, { kind: 'notFound' }))

  const shell = serveStatic({ root: distFolder, path: 'index.html' })
  app.use(letStoreAssets, serveStatic({ root: distFolder }))
  app.get('*', (c, next) => (isNavigation(c) ? shell(c, next) : next()))

  app.onError((error, c) => {
    const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
    log.error({ name: error.name, code, stack: error.stack }, 'a call failed')
    return refuse(c, { kind: fullDisk.includes(code ?? '') ? 'storageFull' : 'serverError' })
  })
  return app
}

/** Assets carry their hash in their name; everything else must be asked for again. */
async function letStoreAssets(c: Context, next: Next): Promise<void> {
  await next()
  const isHashed = c.res.ok && c.req.path.startsWith('/assets/')
  c.header('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
}

/** A page of the app that only the client knows; files that do not exist stay unknown. Link previews name no type. */
function isNavigation(c: Context): boolean {
  const isPage = (c.req.header('Accept') ?? '').includes('text/html') || c.req.path.startsWith('/m/')
  return isPage && !/\.[^/]*$/.test(c.req.path)
}

/**
 * One line per call, without a query, a body or a name: of an address only the endpoint and the space's id. Of ballots
 * none at all: the moment would tell whose it was.
 */
function logCalls(log: Logger) {
  return async (c: Context, next: Next): Promise<void> => {
    const start = performance.now()
    await next()
    if (c.req.path === `${base}/ballots`) return
    const [, space, call] = /^\/api\/v1(?:\/spaces\/([\w-]{22}))?\/([a-z-]{1,20})$/.exec(c.req.path) ?? []
    const ms = Math.round(performance.now() - start)
    log.info({ method: c.req.method, space, call, status: c.res.status, ms }, 'call')
  }
}
