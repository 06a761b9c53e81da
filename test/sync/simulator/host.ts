import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { pino } from 'pino'
import type { Deps } from '../../../src/server/routes/deps.ts'
import type { Store } from '../../../src/server/store/store.ts'
import { openTestContent } from '../../support/server.ts'
import { standAroundStatements } from './statements.ts'
import { present, type Server, type Version } from './versions.ts'

/** In memory where the machine has such a folder: what a power cut does to a disk is not this test's matter. */
const root = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

const makeFolder = () => mkdtempSync(join(root, 'hadir-simulator-'))

/** Thrown in whatever a killed server was doing, and in whatever of it still tries to go on. */
export class ServerDied extends Error {}

/** What a caller sees of a server that is not there. */
const unreachable = () => new TypeError('Failed to fetch')

/** The moments before and after statements that are left to a server; `isOfWrites`: those of transactions only. */
export type Fuse = { moments: number; isOfWrites: boolean }
const neverDies: Fuse = { moments: Number.POSITIVE_INFINITY, isOfWrites: false }

/** One life of the server's process. */
type Running = { deps: Deps; app: ReturnType<Server['createApp']>; store: Store; isDead: boolean }

/**
 * The real server over a real SQLite file, on the world's clock. `template`: a data folder to begin with; `version`:
 * the code that runs until it is updated; `isLeftOut`: statements that a known bug forgets (breaks.ts).
 */
export async function createHost(parts: {
  now: () => number
  /** Does what other threads have a part in. */
  apart: <T>(work: () => Promise<T>) => Promise<T>
  template: string | undefined
  version: Version
  wrapStore: (store: Store) => Store
  isLeftOut?: ((text: string) => boolean) | undefined
  /** What a known bug of the present server refuses. */
  refuse?: ((request: Request) => Response | undefined) | undefined
  /** A mishap has come to pass. */
  onMet: (what: string) => void
}) {
  const { now, apart, template, wrapStore, isLeftOut = () => false, refuse, onMet } = parts
  const folder = makeFolder()
  const copies: string[] = []
  if (template) cpSync(template, folder, { recursive: true })
  let { version } = parts
  let fuse = neverDies
  let isStarting = true
  /** The same while it starts. */
  let startFuse = neverDies
  /** By what the store asks for, whether or not a known bug leaves it out. */
  let isInside = false
  let open: Sqlite.Database | undefined
  const dead = new WeakSet<Sqlite.Database>()
  standAroundStatements(({ text, database }, run, leaveOut) => {
    if (dead.has(database)) throw new ServerDied()
    open = database
    if (text.startsWith('begin')) isInside = true
    passMoment()
    const result = isLeftOut(text) ? leaveOut() : run()
    passMoment()
    if (text === 'commit' || text === 'rollback') isInside = false
    return result
  })
  let running = await run()
  isStarting = false

  async function run(): Promise<Running> {
    const { createApp, createDeps, openDisk, openSqlite } = version.server
    const opened = await openSqlite(folder)
    if (!opened.ok) throw new Error(opened.failure.kind)
    const store = wrapStore(opened.value)
    const content = await apart(() => openTestContent(folder, openDisk))
    const deps = { ...(await createDeps(store, 0, content)), now }
    const app = createApp(deps, {
      distFolder: folder,
      publicUrl: undefined,
      proxies: 0,
      log: pino({ level: 'silent' }),
    })
    return { deps, app, store, isDead: false }
  }

  /** Starts it, and once more over what it left behind when it is killed while it starts. */
  async function start(): Promise<void> {
    try {
      running = await run()
    } catch (error) {
      if (!(error instanceof ServerDied)) throw error
      leftBehind?.()
      running = await run()
    }
    startFuse = neverDies
    isStarting = false
  }

  /**
   * One restart at a time: whoever began one may have died before it was over. `next`: it is killed while it starts.
   */
  let restarted = Promise.resolve()
  function restart(whileDown: () => void = () => undefined, next = neverDies): Promise<void> {
    restarted = restarted.then(async () => {
      isStarting = true
      await running.store.close()
      whileDown()
      startFuse = next
      await start()
    })
    return restarted
  }

  function putBack(copy: string): void {
    rmSync(folder, { recursive: true })
    cpSync(copy, folder, { recursive: true })
  }

  /** `kill -9`: the disk stays as it is at this moment, open transactions are not ended. What puts that disk back. */
  function leaveBehind(): () => void {
    isInside = false
    if (open) dead.add(open)
    const left = makeFolder()
    cpSync(folder, left, { recursive: true })
    return () => {
      putBack(left)
      rmSync(left, { recursive: true })
    }
  }
  let leftBehind: (() => void) | undefined

  /** Is killed, and started again. */
  function kill(): void {
    running.isDead = true
    void restart(leaveBehind())
  }

  function passMoment(): void {
    const left = isStarting ? startFuse : fuse
    if (left.isOfWrites && !isInside) return
    const next = { ...left, moments: left.moments - 1 }
    if (isStarting) startFuse = next
    else fuse = next
    if (next.moments > 0) return
    startFuse = fuse = neverDies
    if (isStarting) {
      onMet(isInside ? 'killed in a migration' : 'killed while it starts')
      leftBehind = leaveBehind()
    } else {
      onMet(isInside ? 'killed in a transaction' : 'killed in a call')
      kill()
    }
    throw new ServerDied()
  }

  async function fetch(request: Request): Promise<Response> {
    const asked = running
    if (asked.isDead) throw unreachable()
    const refused = version === present ? refuse?.(request) : undefined
    const response = refused ?? (await asked.app.fetch(request))
    if (asked.isDead) throw unreachable()
    return response
  }

  return {
    fetch,
    /**
     * Is killed while it answers this call: when its fuse has burnt down, or else between the
     * last moment and the answer.
     */
    fetchAndDie: async (request: Request, next: Fuse): Promise<never> => {
      fuse = next
      try {
        await fetch(request)
      } finally {
        fuse = neverDies
      }
      onMet('killed before the answer')
      kill()
      throw unreachable()
    },
    issueSetup: () => running.deps.setup.issue(now()),
    store: () => running.store,
    version: () => version,
    restart: () => restart(),
    /**
     * Stops, and starts again as this version over the same folder: its migrations run. `next`: it is killed at that.
     */
    update: (to: Version, next?: Fuse) =>
      restart(() => {
        version = to
      }, next),
    isUp: () => restarted,
    backup: async (): Promise<string> => {
      const copy = makeFolder()
      copies.push(copy)
      await restart(() => cpSync(folder, copy, { recursive: true }))
      return copy
    },
    restore: (copy: string) => restart(() => putBack(copy)),
    /** Closes the store and leaves the folder, as a template for others. */
    leave: async (): Promise<string> => {
      await running.store.close()
      return folder
    },
    stop: async () => {
      await running.store.close()
      for (const path of [folder, ...copies]) rmSync(path, { recursive: true })
    },
  }
}
export type Host = Awaited<ReturnType<typeof createHost>>
