import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join, resolve } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import { type Logger, pino } from 'pino'
import * as v from 'valibot'
import { fail, ok, type Result } from '../core/result.ts'
import { createApp } from './app.ts'
import { openAccounts } from './auth/accounts.ts'
import { createIssuer, newIssuerKey } from './auth/issuer.ts'
import { newSecret } from './auth/keys.ts'
import { createSetup } from './auth/setup.ts'
import { createTickets } from './auth/tickets.ts'
import { createWitness } from './auth/witness.ts'
import { keepEmptying } from './ballots.ts'
import type { Config, ConfigFailure } from './config.ts'
import { loadDemo } from './demo.ts'
import { createFoldedSpaces } from './folded.ts'
import { createLimiter } from './limiter.ts'
import { createLive } from './live.ts'
import type { Deps } from './routes/deps.ts'
import { openPostgres } from './store/postgres.ts'
import { openSqlite } from './store/sqlite.ts'
import type { Store, StoreFailure } from './store/store.ts'

const Manifest = v.object({ version: v.string() })
/** Bodies of the spaces that are kept folded: some ten events of 10,000 people. */
const foldedBytes = 67_108_864
const stopWithinMs = 10_000

export type StartFailure =
  | ConfigFailure
  | StoreFailure
  | { kind: 'notBuilt' | 'portInUse' | 'portRefused' | 'hostUnknown'; detail: string }

export type Running = {
  url: string
  /** The link for the first organizer, while there is none. */
  setupUrl: string | undefined
  /** Takes no more calls, finishes those in flight, closes the store. */
  stop(): Promise<void>
}

function readVersion(): string {
  return v.parse(Manifest, JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))).version
}

/** The caller's address: the socket's, or what the outermost of our own proxies has seen. */
function createAddressOf(proxies: number) {
  return (c: Context): string => {
    const forwarded = (c.req.header('X-Forwarded-For') ?? '').split(',').map((part) => part.trim())
    const seen = proxies > 0 ? forwarded.at(-proxies) : undefined
    return seen || (c.env?.incoming ? getConnInfo(c).remote.address : undefined) || 'unknown'
  }
}

export async function createDeps(store: Store, proxies: number): Promise<Deps> {
  return {
    store,
    accounts: await openAccounts(store),
    setup: createSetup(),
    live: createLive(store),
    witness: createWitness(await store.keepSecret('witness', newSecret())),
    signInLimiter: createLimiter(10, 15 * 60_000),
    tickets: createTickets(await store.keepSecret('tickets', newSecret())),
    issuer: createIssuer(await store.keepSecret('issuer', newIssuerKey())),
    gateSecret: await store.keepSecret('gate', newSecret()),
    folded: createFoldedSpaces(store, foldedBytes),
    codeLimiter: createLimiter(300, 10 * 60_000),
    findLimiter: createLimiter(20, 60 * 60_000),
    missLimiter: createLimiter(600, 10 * 60_000),
    version: readVersion(),
    now: Date.now,
    addressOf: createAddressOf(proxies),
  }
}

/** Opens the store and listens. */
export async function start(config: Config): Promise<Result<Running, StartFailure>> {
  const distFolder = resolve(config.distFolder)
  if (!existsSync(join(distFolder, 'index.html'))) return fail({ kind: 'notBuilt', detail: distFolder })
  const opened = config.databaseUrl ? await openPostgres(config.databaseUrl) : await openSqlite(config.dataFolder)
  if (!opened.ok) return opened
  const store = opened.value
  const deps = await createDeps(store, config.proxies)
  if (config.demo) await loadDemo(store, deps.now())
  const log = pino({ level: config.logLevel, base: null }, pino.destination(2))
  const listening = await listen(config, createApp(deps, { distFolder, publicUrl: config.publicUrl, log }).fetch)
  if (!listening.ok) {
    await store.close()
    return listening
  }
  const { server, port } = listening.value
  const stopEmptying = keepEmptying(deps, log)
  const url = config.publicUrl ?? `http://localhost:${port}`
  const setupUrl = (await store.hasOrganizer()) ? undefined : `${url}/siapkan#${deps.setup.issue(deps.now())}`
  return ok({ url, setupUrl, stop: () => stop(server, deps, log, stopEmptying) })
}

type HttpServer = ReturnType<typeof createServer>

async function listen({ port, host }: Config, fetch: (request: Request) => Response | Promise<Response>) {
  const server = createAdaptorServer({ fetch, createServer })
  if (!('closeIdleConnections' in server)) throw new Error('Hadir speaks HTTP/1.1')
  return new Promise<Result<{ server: HttpServer; port: number }, StartFailure>>((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const kind = error.code === 'EADDRINUSE' ? 'portInUse' : error.code === 'EACCES' ? 'portRefused' : 'hostUnknown'
      resolve(fail({ kind, detail: kind === 'hostUnknown' ? host : String(port) }))
    })
    server.listen(port, host || undefined, () => {
      const address = server.address()
      resolve(ok({ server, port: typeof address === 'object' && address ? address.port : port }))
    })
  })
}

async function stop(server: HttpServer, { live, store }: Deps, log: Logger, stopEmptying: () => void): Promise<void> {
  stopEmptying()
  live.close()
  const timer = setTimeout(() => server.closeAllConnections(), stopWithinMs)
  await new Promise((resolve) => server.close(resolve))
  clearTimeout(timer)
  await store.close()
  log.info('stopped')
}
