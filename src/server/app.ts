import { serveStatic } from '@hono/node-server/serve-static'
import { type Context, Hono, type Next } from 'hono'
import { compress } from 'hono/compress'
import type { Logger } from 'pino'
import { refuse } from './routes/answers.ts'
import { ballot } from './routes/ballot.ts'
import type { Deps } from './routes/deps.ts'
import { enrol } from './routes/enrol.ts'
import { events } from './routes/events.ts'
import { find } from './routes/find.ts'
import { gate } from './routes/gate.ts'
import { health } from './routes/health.ts'
import { invites } from './routes/invites.ts'
import { pull } from './routes/pull.ts'
import { push } from './routes/push.ts'
import { recover } from './routes/recover.ts'
import { session } from './routes/session.ts'
import { setup } from './routes/setup.ts'
import { signIn } from './routes/signIn.ts'
import { signOut } from './routes/signOut.ts'
import { team } from './routes/team.ts'
import { ticket } from './routes/ticket.ts'
import { view } from './routes/view.ts'
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
  app.get(`${base}/health`, health(deps))
  app.get(`${base}/session`, session(deps))
  app.get(`${base}/events`, events(deps))
  app.post(`${base}/setup`, setup(deps))
  app.post(`${base}/sign-in`, signIn(deps))
  app.post(`${base}/sign-out`, signOut(deps))
  app.post(`${base}/enrol`, enrol(deps))
  app.post(`${base}/spaces/:space/push`, push(deps))
  app.get(`${base}/spaces/:space/pull`, pull(deps))
  app.post(`${base}/spaces/:space/recover`, recover(deps))
  app.post(`${base}/spaces/:space/invites`, invites(deps))
  app.get(`${base}/spaces/:space/team`, team(deps))
  app.post(`${base}/spaces/:space/gate`, gate(deps))
  app.get(`${base}/spaces/:space/view`, view(deps))
  app.post(`${base}/spaces/:space/find`, find(deps))
  app.post(`${base}/spaces/:space/forms/:form/ticket`, ticket(deps))
  app.post(`${base}/ballots`, ballot(deps))
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
