import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Logger, pino } from 'pino'
import * as v from 'valibot'
import { fail, ok, type Result } from '../core/result.ts'
import { hourMs } from '../core/time.ts'
import { createAddressOf } from './addressOf.ts'
import { createApp, createClosedApp } from './app.ts'
import { openAccounts } from './auth/accounts.ts'
import { createIssuer, newIssuerKey } from './auth/issuer.ts'
import { newSecret } from './auth/keys.ts'
import { createOidc, type OidcSettings } from './auth/oidc.ts'
import { createPasskeys } from './auth/passkeys.ts'
import { createPuzzles } from './auth/puzzles.ts'
import { createSetup } from './auth/setup.ts'
import { createTickets } from './auth/tickets.ts'
import { createTries } from './auth/tries.ts'
import { createWitness } from './auth/witness.ts'
import { keepEmptying } from './ballots.ts'
import type { Config, ConfigFailure } from './config.ts'
import { createDamage } from './damage.ts'
import { loadDemo } from './demo.ts'
import { createUploads } from './files/uploads.ts'
import { createFoldedSpaces } from './folded.ts'
import { keepSettling } from './keepSettling.ts'
import { keepSweeping } from './keepSweeping.ts'
import { createLately } from './lately.ts'
import { createLimiter, createPace } from './limiter.ts'
import { type ListenFailure, listenAll } from './listen.ts'
import { createLive } from './live.ts'
import { createLogPages } from './logPages.ts'
import { type Call, createMetrics } from './metrics.ts'
import { urlsOnNetwork } from './neighbours.ts'
import { type Content, type ContentFailure, openContent } from './openContent.ts'
import { createRenewing, type Site } from './renewing.ts'
import type { Deps } from './routes/deps.ts'
import { damageOf } from './store/damage.ts'
import { openPostgres } from './store/postgres.ts'
import { openSqlite } from './store/sqlite.ts'
import type { Store, StoreFailure } from './store/store.ts'
import { createTurns } from './turns.ts'

const Manifest = v.object({ version: v.string() })
/** Bodies of the spaces that are kept folded: some ten events of 10,000 people. */
const foldedBytes = 67_108_864
/** Characters of the pages of logs that are kept: some four events of 10,000 attendances with ink. */
const keptPagesLength = 25_165_824
const minuteMs = 60_000

export type StartFailure =
  | ConfigFailure
  | StoreFailure
  | ContentFailure
  | ListenFailure
  | { kind: 'notBuilt'; detail: string }

export type Running = {
  url: string
  /**
   * Where other machines of this network reach it by plain http; none where it has a name, or listens on one address.
   */
  neighbours: string[]
  /** The link for the first organizer, while there is none. */
  setupUrl: string | undefined
  /** Takes no more calls, finishes those in flight, closes the store. */
  stop(): Promise<void>
}

function readVersion(): string {
  return v.parse(Manifest, JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))).version
}

/** How browsers reach the server, and where people may be known already. */
export type Reached = {
  publicUrl?: string | undefined
  /** The one address on which it listens; none: all. */
  host?: string | undefined
  oidc?: OidcSettings | undefined
}

export async function createDeps(
  store: Store,
  proxies: number,
  { files, limits }: Content,
  { publicUrl, host, oidc }: Reached = {},
  log?: Logger,
): Promise<Deps> {
  const onTrouble = (error: unknown) =>
    log?.warn({ name: error instanceof Error ? error.name : '' }, 'no identity provider')
  const challenges = await store.keepSecret('passkeys', newSecret())
  return {
    store,
    files,
    uploads: createUploads(store, files, limits),
    accounts: await openAccounts(store),
    setup: createSetup(),
    live: createLive(store),
    damage: createDamage(log),
    witness: createWitness(await store.keepSecret('witness', newSecret())),
    tries: createTries(store),
    turns: createTurns(40, { nowMs: () => performance.now(), random: Math.random }),
    puzzles: createPuzzles(challenges, store),
    passkeys: createPasskeys(challenges, store),
    publicUrl,
    neighbours: (port) => (publicUrl || host || proxies > 0 ? [] : urlsOnNetwork(port)),
    oidc: oidc && publicUrl ? createOidc(oidc, publicUrl, onTrouble) : undefined,
    tickets: createTickets(await store.keepSecret('tickets', newSecret())),
    issuer: createIssuer(await store.keepSecret('issuer', newIssuerKey())),
    gateSecret: await store.keepSecret('gate', newSecret()),
    folded: createFoldedSpaces(store, foldedBytes),
    logPages: createLogPages(store, keptPagesLength),
    guesses: createLimiter(1_000, 10_000),
    gatesInUse: createLately(hourMs),
    findLimiter: createLimiter(20, hourMs),
    misses: createPace(createLimiter(3, hourMs), createLimiter(600, 10 * minuteMs)),
    doors: createPace(createLimiter(600, minuteMs), createLimiter(600, minuteMs)),
    doorLimiter: createLimiter(10_000, hourMs),
    pushedBytes: createPace(createLimiter(16_384, hourMs), createLimiter(67_108_864, hourMs)),
    version: readVersion(),
    now: Date.now,
    addressOf: createAddressOf(proxies),
  }
}

type Opened = Site & { deps: Deps }

type OnOpened = (deps: Deps) => Promise<void>

/** Opens the store, and what answers calls over it. */
async function openSite(
  config: Config,
  log: Logger,
  onCall: (call: Call) => void,
  onOpened?: OnOpened,
): Promise<Result<Opened, StoreFailure | ContentFailure>> {
  const opened = config.databaseUrl ? await openPostgres(config.databaseUrl) : await openSqlite(config.dataFolder)
  if (!opened.ok) return opened
  const store = opened.value
  try {
    const content = await openContent(config.dataFolder, config.content)
    if (!content.ok) {
      await store.close()
      return content
    }
    const deps = await createDeps(store, config.proxies, content.value, config, log)
    if (config.demo) await loadDemo(store, deps.now())
    await onOpened?.(deps)
    const { fetch } = createApp(deps, { ...config, log, onCall })
    const stops: (() => void)[] = []
    const begin = () => {
      for (const keep of [keepEmptying, keepSweeping, keepSettling]) stops.push(keep(deps, log))
    }
    const quieten = () => {
      for (const stop of stops) stop()
      deps.live.close()
    }
    return ok({ deps, fetch, untilRestore: store.untilRestore, begin, quieten, close: store.close })
  } catch (error) {
    await store.close()
    const damage = damageOf(error)
    if (damage?.kind === 'brokenDatabase') return fail({ ...damage, detail: `${config.dataFolder}: ${damage.detail}` })
    if (damage) return fail(damage)
    throw error
  }
}

/** A new token for the first organizer, while there is none. */
async function issueSetup({ store, setup, now }: Deps): Promise<string | undefined> {
  return (await store.hasOrganizer()) ? undefined : setup.issue(now())
}

/** Opens the store and listens. `onSetup` hears the link for the first organizer when a restore has taken him away. */
export async function start(given: Config, onSetup: (url: string) => void): Promise<Result<Running, StartFailure>> {
  const config = { ...given, distFolder: resolve(given.distFolder) }
  if (!existsSync(join(config.distFolder, 'index.html'))) return fail({ kind: 'notBuilt', detail: config.distFolder })
  const log = pino({ level: config.logLevel, base: null }, pino.destination(2))
  const metrics = createMetrics()
  const open = (onOpened?: OnOpened) => openSite(config, log, metrics.onCall, onOpened)
  let token: string | undefined
  const opened = await open(async (first) => {
    token = await issueSetup(first)
  })
  if (!opened.ok) return opened
  const { deps } = opened.value
  let url = config.publicUrl ?? `http://localhost:${config.port}`
  const linkOf = (of: string | undefined) => of && `${url}/siapkan#${of}`
  async function tellSetup(renewed: Deps): Promise<void> {
    const setupUrl = linkOf(await issueSetup(renewed))
    if (setupUrl) onSetup(setupUrl)
  }
  const site = createRenewing(opened.value, () => open(tellSetup), createClosedApp(config.distFolder).fetch, log)
  const measured = config.metrics ? [{ ...config.metrics, fetch: metrics.fetch }] : []
  const listening = await listenAll([{ ...config, fetch: site.fetch }, ...measured])
  if (!listening.ok) {
    await site.close()
    return listening
  }
  const listeners = listening.value
  site.begin()
  if (listeners[1]) log.info({ metrics: listeners[1].port }, 'figures for Prometheus')
  const port = listeners[0]?.port ?? config.port
  url = config.publicUrl ?? `http://localhost:${port}`
  const neighbours = deps.neighbours(port)
  const setupUrl = linkOf(token)
  async function stop(): Promise<void> {
    site.quieten()
    await Promise.all(listeners.map(({ close }) => close()))
    await site.close()
    log.info('stopped')
  }
  return ok({ url, neighbours, setupUrl, stop })
}
