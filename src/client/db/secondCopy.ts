import { Dexie, type IndexableType, type ObservabilitySet } from 'dexie'
import { makeRoomFor } from './connection.ts'
import { type CopyPlaces, copied, copyKind, isOfKind, openCopy, reserveKind, tablesOf } from './copies.ts'
import { hasLeft, lastMarkOf, nobody, readDevice, readIdentity, readUnreadCopies } from './meta.ts'
import { inState } from './outbox.ts'
import type { Reserve } from './reserve.ts'
import type { Database, OutboxRow, SpaceRow } from './schema.ts'
import { newSpaceRow } from './spaces.ts'

export type SecondCopy = {
  /** Ends when it holds what is in the database now, or cannot. */
  catchUp: () => Promise<void>
  /** Gives up every copy, as the device is signed out. */
  drop: () => Promise<void>
  stop: () => void
}

/** With what is unsent, the mark of the account whose it is. */
const inCopies = [...copied, 'meta'] as const
type Held = (typeof inCopies)[number]
const heldTables = (db: Database) => [db.meta, ...tablesOf(db)]

/** Of the outbox the name and the state say all: a body never changes. The row of any other table is the entry's own. */
type Entry = { table: Held; key: IndexableType; row?: unknown }
type Entries = ReadonlyMap<string, Entry>

/** A space whose log has to be read anew. */
function unread({ space, role, revoked, ended, attendee }: SpaceRow): SpaceRow {
  return { ...newSpaceRow(space, role), revoked, ...(ended && { ended }), ...(attendee && { attendee }) }
}

const waits = ({ state }: { state: string }) => state === 'waiting' || state === 'refused'

/**
 * What is sent or let go of is no more on this device only. A database without a key holds nothing after a sign-out
 * (`left`); `unknown`: the browser began it anew while it was open, and it says nothing of what was in it.
 */
async function listEntries(db: Database): Promise<Entries | 'left' | 'unknown'> {
  const found = new Map<string, Entry>()
  const note = (table: Held, key: IndexableType, row: unknown, named = row) =>
    found.set(`${table} ${JSON.stringify(named)}`, { table, key, row })
  return db.transaction('r', heldTables(db), async () => {
    if (!(await readDevice(db))) return (await hasLeft(db)) ? 'left' : 'unknown'
    for (const state of ['local', 'parked'] as const)
      for (const key of await inState(db, state).primaryKeys()) found.set(`${state} ${key}`, { table: 'outbox', key })
    for (const row of await db.spaces.toArray()) note('spaces', row.space, unread(row))
    for (const row of await db.carried.toArray())
      if (row.waiting.length + row.refused.length > 0)
        note('carried', [row.space, row.dev, row.link], row, { ...row, ops: '' })
    for (const row of await db.tickets.toArray())
      if (waits(row)) note('tickets', [row.space, row.form, row.person], row)
    for (const row of await db.ballots.toArray()) if (waits(row)) note('ballots', row.nonce, row)
    const lastMark = lastMarkOf((await readIdentity(db)) ?? {})
    if (lastMark) note('meta', 'identity', { ...nobody, lastMark })
    return found
  })
}

const isUnsent = ({ table }: Entry) => table !== 'spaces' && table !== 'meta'

/** What makes a copy that holds `before` hold `now`. */
type Difference = { gone: Entry[]; come: Entry[]; outbox: OutboxRow[] }

async function compare(db: Database, before: Entries, now: Entries): Promise<Difference> {
  const gone = [...before].filter(([id]) => !now.has(id)).map(([, entry]) => entry)
  const come = [...now].filter(([id]) => !before.has(id)).map(([, entry]) => entry)
  const keys = come.filter(({ table }) => table === 'outbox').map(({ key }) => key)
  const rows = await db.table<OutboxRow>('outbox').bulkGet(keys)
  return { gone, come, outbox: rows.filter((row) => row !== undefined) }
}

async function write(copy: Database, { gone, come, outbox }: Difference): Promise<void> {
  await copy.transaction('rw', heldTables(copy), async () => {
    for (const name of inCopies) {
      const ofTable = ({ table }: Entry) => table === name
      await copy.table(name).bulkDelete(gone.filter(ofTable).map(({ key }) => key))
      await copy.table(name).bulkPut(name === 'outbox' ? outbox : come.filter(ofTable).map(({ row }) => row))
    }
  })
}

/** Long enough that what is sent at once is never copied. */
const settleMs = 300
/** After that a copy that could not be made is tried again: who has made room may close the app soon. */
const retryMs = 2_000
/** A browser that does not answer holds up no record and no sign-out; what that leaves goes at the next start. */
const mostWaitMs = 3_000

/**
 * Keeps the copy from now on. One that could not be written is never written to again, since what comes behind a torn
 * record is lost with it: another is made, and only then the old one goes. `onTried` hears whether it holds what is in the
 * database now, after each change that may have to go into it and before who waits for that goes on.
 */
export function keepSecondCopy(
  db: Database,
  places: CopyPlaces,
  reserve: Reserve,
  onTried: (isMade: boolean) => Promise<void> = async () => undefined,
): SecondCopy {
  let current: { name: string; copy: Database; holds: Entries } | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let last: Promise<void> = Promise.resolve()
  let stopped = false
  let retry: ReturnType<typeof setTimeout> | undefined
  /** A browser that was waited for in vain holds up no further record until it has answered. */
  let isSilent = false
  const own = new Set<string>()
  /** Whether what others have left beside the current copy is gone. */
  let isAlone = false
  /** What was in the database last, if it could be read. */
  let found: Entries | undefined

  /** Each for itself: one that cannot be dropped keeps no other. */
  async function dropEach(names: Iterable<string>): Promise<void> {
    const drop = async (name: string) => {
      await places.drop(name)
      own.delete(name)
    }
    for (const dropped of await Promise.allSettled([...names].map(drop)))
      if (dropped.status === 'rejected') throw dropped.reason
  }

  async function dropOthers(but: string | undefined): Promise<void> {
    isAlone = false
    const unread = await readUnreadCopies(db)
    const isUnread = (name: string) => unread && isOfKind(name, copyKind) && (unread.names?.includes(name) ?? true)
    const left = (await places.leftOver()).filter((name) => !isUnread(name) && !isOfKind(name, reserveKind))
    await dropEach([...new Set([...own, ...left])].filter((name) => name !== but))
    isAlone = true
  }

  /**
   * On a full disk Chromium may say that it has made a bucket, or kept one, and forget it: what is in it is lost with the
   * next start, and until then it takes every write.
   */
  async function mustBeListed(name: string): Promise<void> {
    if (!(await places.names()).includes(name)) throw new DOMException('The browser has lost a copy', 'UnknownError')
  }

  /** Dexie tells of its own closing too: by then the copy is no longer the one that is kept. */
  function letGo(): void {
    const copy = current?.copy
    current = undefined
    copy?.close()
  }

  async function dropAll(): Promise<void> {
    letGo()
    await dropEach(new Set([...own, ...(await places.names().catch(() => []))]))
  }

  /** What the browser has closed may be damaged, or empty, when it is opened next; Dexie would open it and write on. */
  function keepWhole(copy: Database): void {
    const distrust = () => {
      if (current?.copy !== copy) return
      letGo()
      updateSoon()
    }
    copy.on('close', distrust)
    copy.on('versionchange', distrust)
  }

  async function begin(now: Entries): Promise<void> {
    /** What cannot be listed could not be found again. */
    await places.names()
    const all = await compare(db, new Map(), now)
    const { name, indexedDB } = await places.make(copyKind)
    own.add(name)
    const copy = openCopy(indexedDB)
    try {
      await write(copy, all)
      await mustBeListed(name)
    } catch (error) {
      copy.close()
      await dropEach([name])
      throw error
    }
    current = { name, copy, holds: now }
    keepWhole(copy)
    await dropOthers(name)
  }

  async function update(): Promise<void> {
    found = undefined
    if (stopped) return
    const now = await listEntries(db)
    if (now === 'unknown') return
    if (now === 'left') {
      letGo()
      await reserve.spend().catch(() => false)
      return dropOthers(undefined)
    }
    found = now
    await copy(now)
    if (now.size > 0) await reserve.keep()
  }

  async function copy(now: Entries): Promise<void> {
    const isNeeded = [...now.values()].some(isUnsent)
    if (!current) {
      if (!isNeeded) return dropOthers(undefined)
      return begin(now).catch(async (error) => {
        if (current || !(await makeRoomFor(db, error))) throw error
        await begin(now)
      })
    }
    const difference = await compare(db, current.holds, now)
    const { name, copy } = current
    if (difference.gone.length + difference.come.length === 0 && isAlone) return
    try {
      await write(copy, difference)
      await mustBeListed(name)
      current = { name, copy, holds: now }
    } catch (error) {
      letGo()
      await makeRoomFor(db, error)
      if (isNeeded) await begin(now)
      return
    }
    await dropOthers(name)
  }

  const inTurn = (work: () => Promise<void>) => {
    last = last
      .then(work)
      .catch(() => undefined)
      .then(() => {
        isSilent = false
      })
    return last
  }

  /** What fails is tried again by itself: a person who was refused may record nothing more. */
  async function updateOrRetry(): Promise<boolean> {
    clearTimeout(retry)
    try {
      await update()
      return true
    } catch {
      if (!stopped) retry = setTimeout(() => void inTurn(tryAgain), retryMs)
      /** Only what lies beside it could not be taken away. */
      return found !== undefined && current?.holds === found
    }
  }
  let retries = 0
  const tryNow = async () => {
    retries = 0
    await onTried(await updateOrRetry())
  }
  /** The disk may have run full since: said again ever more seldom, as who hears of it tries the disk out. */
  const tryAgain = async () => {
    const isMade = await updateOrRetry()
    if (isMade || (++retries & (retries - 1)) === 0) await onTried(isMade)
  }
  function updateSoon(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      void inTurn(tryNow)
    }, settleMs)
  }
  const prefixes = inCopies.map((name) => `idb://${db.name}/${name}/`)
  const onChange = (changed: ObservabilitySet) => {
    if (Object.keys(changed).some((part) => prefixes.some((prefix) => part.startsWith(prefix)))) updateSoon()
  }
  Dexie.on('storagemutated', onChange)
  void inTurn(tryNow)

  function stop(): void {
    stopped = true
    clearTimeout(timer)
    clearTimeout(retry)
    Dexie.on.storagemutated.unsubscribe(onChange)
  }
  async function waitFor(work: Promise<void>): Promise<void> {
    const late = new Promise<true>((resolve) => setTimeout(() => resolve(true), mostWaitMs))
    if (await Promise.race([work, late])) isSilent = true
  }
  async function catchUp(): Promise<void> {
    const work = inTurn(tryNow)
    if (!isSilent) await waitFor(work)
    if (isSilent) await onTried(false)
  }
  return { stop, catchUp, drop: () => waitFor(inTurn(dropAll)) }
}
