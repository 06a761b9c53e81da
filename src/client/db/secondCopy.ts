import { Dexie, type IndexableType, type ObservabilitySet } from 'dexie'
import { hasLeft, readDevice } from './meta.ts'
import { inState } from './outbox.ts'
import { createDatabase, type Database, type OutboxRow, type SpaceRow } from './schema.ts'
import { newSpaceRow } from './spaces.ts'

/**
 * What is on this device only, once more in files of its own: a disk that runs full tears the log that Chromium keeps
 * of IndexedDB, and the next start begins an empty one. Files of materials are too large for it.
 */
const copied = ['spaces', 'outbox', 'carried', 'tickets', 'ballots'] as const
type Copied = (typeof copied)[number]

/** Where copies lie, as device/buckets.ts has it. */
export type CopyPlaces = {
  names: () => Promise<string[]>
  leftOver: () => Promise<string[]>
  make: (kind: string) => Promise<{ name: string; indexedDB: IDBFactory }>
  open: (name: string) => Promise<IDBFactory>
  drop: (name: string) => Promise<void>
}

export type SecondCopy = {
  /** Gives up every copy, as the device is signed out. */
  drop: () => Promise<void>
  stop: () => void
}

/** Of the outbox the name and the state say all: a body never changes. The row of any other table is the entry's own. */
type Entry = { table: Copied; key: IndexableType; row?: unknown }
type Entries = ReadonlyMap<string, Entry>

const copyKind = 'isi'
const reserveKind = 'ruang'
const isCopy = (name: string) => name.includes(`-${copyKind}-`)

const tablesOf = (db: Database) => copied.map((name) => db.table(name))
const openCopy = (indexedDB: IDBFactory) =>
  createDatabase('salinan', { indexedDB, IDBKeyRange, chromeTransactionDurability: 'relaxed' })

/** A space whose log has to be read anew. */
function unread({ space, role, revoked, ended, attendee }: SpaceRow): SpaceRow {
  return { ...newSpaceRow(space, role), revoked, ...(ended && { ended }), ...(attendee && { attendee }) }
}

/**
 * What is sent, refused for good or let go of is no more on this device only. `undefined`: this database has no key, as
 * after a sign-out, or when the browser began it anew while it was open; then it says nothing of what was in it.
 */
async function listEntries(db: Database): Promise<Entries | undefined> {
  const found = new Map<string, Entry>()
  const note = (table: Copied, key: IndexableType, row: unknown, named = row) =>
    found.set(`${table} ${JSON.stringify(named)}`, { table, key, row })
  return db.transaction('r', [db.meta, ...tablesOf(db)], async () => {
    if (!(await readDevice(db))) return undefined
    for (const state of ['local', 'parked'] as const)
      for (const key of await inState(db, state).primaryKeys()) found.set(`${state} ${key}`, { table: 'outbox', key })
    for (const row of await db.spaces.toArray()) note('spaces', row.space, unread(row))
    for (const row of await db.carried.toArray())
      if (row.waiting.length + row.refused.length > 0)
        note('carried', [row.space, row.dev, row.link], row, { ...row, ops: '' })
    for (const row of await db.tickets.toArray())
      if (row.state === 'waiting') note('tickets', [row.space, row.form, row.person], row)
    for (const row of await db.ballots.toArray()) if (row.state === 'waiting') note('ballots', row.nonce, row)
    return found
  })
}

const isUnsent = ({ table }: Entry) => table !== 'spaces'

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
  await copy.transaction('rw', tablesOf(copy), async () => {
    for (const name of copied) {
      const ofTable = ({ table }: Entry) => table === name
      await copy.table(name).bulkDelete(gone.filter(ofTable).map(({ key }) => key))
      await copy.table(name).bulkPut(name === 'outbox' ? outbox : come.filter(ofTable).map(({ row }) => row))
    }
  })
}

/**
 * Room for another copy once the disk is full, which is when the one that lies here can no longer be written; bytes of
 * chance, since Chromium compresses what it stores.
 */
const reservedBytes = 1 << 20
const mostRandomBytes = 1 << 16

async function fillReserve(indexedDB: IDBFactory): Promise<void> {
  const bytes = new Uint8Array(reservedBytes)
  for (let at = 0; at < reservedBytes; at += mostRandomBytes)
    crypto.getRandomValues(bytes.subarray(at, at + mostRandomBytes))
  const room = new Dexie(reserveKind, { indexedDB, IDBKeyRange })
  room.version(1).stores({ bytes: '' })
  await room.table('bytes').put(bytes, 'room')
  room.close()
}

/** Long enough that what is sent at once is never copied. */
const settleMs = 300
/** A browser that does not answer holds up no sign-out; what it leaves goes at the next start. */
const mostDropMs = 3_000

/**
 * Keeps the copy from now on. One that could not be written is never written to again, since what comes behind a torn
 * record is lost with it: the next change makes another, and only then the old one goes.
 */
export function keepSecondCopy(db: Database, places: CopyPlaces): SecondCopy {
  let current: { name: string; copy: Database; holds: Entries } | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let last: Promise<void> = Promise.resolve()
  let stopped = false
  let reserve: string | 'spent' | undefined
  const own = new Set<string>()

  async function dropOthers(but: string | undefined): Promise<void> {
    for (const name of new Set([...own, ...(await places.leftOver())])) {
      if (name === but || name === reserve) continue
      await places.drop(name)
      own.delete(name)
    }
  }

  async function dropAll(): Promise<void> {
    current?.copy.close()
    current = undefined
    reserve = 'spent'
    for (const name of await places.names()) await places.drop(name)
    own.clear()
  }

  /** Once: on a full disk another one would take the room that the first has left. */
  async function makeReserve(): Promise<void> {
    const { name, indexedDB } = await places.make(reserveKind)
    reserve = name
    await fillReserve(indexedDB).catch(spendReserve)
  }

  async function spendReserve(): Promise<void> {
    const name = reserve
    reserve = 'spent'
    if (name !== undefined && name !== 'spent') await places.drop(name)
  }

  async function begin(now: Entries): Promise<void> {
    const all = await compare(db, new Map(), now)
    const { name, indexedDB } = await places.make(copyKind)
    own.add(name)
    const copy = openCopy(indexedDB)
    try {
      await write(copy, all)
    } catch (error) {
      copy.close()
      await places.drop(name)
      own.delete(name)
      throw error
    }
    current = { name, copy, holds: now }
    await dropOthers(name)
    if (!reserve) await makeReserve()
  }

  async function update(): Promise<void> {
    if (stopped) return
    const now = await listEntries(db)
    if (!now) return
    const isNeeded = [...now.values()].some(isUnsent)
    if (!current) return isNeeded ? begin(now) : dropOthers(undefined)
    const difference = await compare(db, current.holds, now)
    if (difference.gone.length + difference.come.length === 0) return
    try {
      await write(current.copy, difference)
      current.holds = now
    } catch {
      current.copy.close()
      current = undefined
      await spendReserve()
      if (isNeeded) await begin(now)
      return
    }
    await dropOthers(current.name)
  }

  /** What fails is tried again at the next change; a copy is no promise, and its failure is nobody's to act on. */
  const inTurn = (work: () => Promise<void>) => {
    last = last.then(work).catch(() => undefined)
    return last
  }
  const prefixes = copied.map((name) => `idb://${db.name}/${name}/`)
  const onChange = (changed: ObservabilitySet) => {
    if (!Object.keys(changed).some((part) => prefixes.some((prefix) => part.startsWith(prefix)))) return
    timer ??= setTimeout(() => {
      timer = undefined
      void inTurn(update)
    }, settleMs)
  }
  Dexie.on('storagemutated', onChange)
  void inTurn(update)

  function stop(): void {
    stopped = true
    clearTimeout(timer)
    Dexie.on.storagemutated.unsubscribe(onChange)
  }
  return {
    stop,
    drop: () => Promise.race([inTurn(dropAll), new Promise<void>((resolve) => setTimeout(resolve, mostDropMs))]),
  }
}

async function readCopy(places: CopyPlaces, name: string): Promise<Map<Copied, unknown[]>> {
  const copy = openCopy(await places.open(name))
  try {
    return new Map(await Promise.all(copied.map(async (table) => [table, await copy.table(table).toArray()] as const)))
  } finally {
    copy.close()
  }
}

/**
 * Puts what the copies hold into a database that the browser has begun anew, before it has a key: under the new one it
 * goes out as what an older key of this device has left ([S8]). Says how many changes that were; 0 where the database
 * is not new, as after a sign-out. Rejects when a copy cannot be read or put back: a key that was made then would say
 * that nothing is missing.
 */
export async function recoverUnsent(db: Database, places: CopyPlaces): Promise<number> {
  if ((await readDevice(db)) || (await hasLeft(db))) return 0
  const copies: Map<Copied, unknown[]>[] = []
  for (const name of await places.names().catch(() => [])) if (isCopy(name)) copies.push(await readCopy(places, name))
  const unsent = copies.flatMap((copy) =>
    copied.filter((name) => name !== 'spaces').flatMap((name) => copy.get(name) ?? []),
  )
  if (unsent.length === 0) return 0
  return db.transaction('rw', [db.meta, ...tablesOf(db)], async () => {
    if ((await readDevice(db)) || (await hasLeft(db)) || (await db.spaces.count()) > 0) return 0
    for (const copy of copies) for (const [table, rows] of copy) await db.table(table).bulkPut(rows)
    const carried = (await db.carried.toArray()).reduce(
      (sum, { waiting, refused }) => sum + waiting.length + refused.length,
      0,
    )
    return (await db.outbox.count()) + carried + (await db.tickets.count()) + (await db.ballots.count())
  })
}
