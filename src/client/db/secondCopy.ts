import { Dexie, type IndexableType, type ObservabilitySet } from 'dexie'
import { readDevice } from './meta.ts'
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
  make: () => Promise<{ name: string; indexedDB: IDBFactory }>
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

const tablesOf = (db: Database) => copied.map((name) => db.table(name))
const openCopy = (indexedDB: IDBFactory) =>
  createDatabase('salinan', { indexedDB, IDBKeyRange, chromeTransactionDurability: 'relaxed' })

/** A space whose log has to be read anew. */
function unread({ space, role, revoked, ended, attendee }: SpaceRow): SpaceRow {
  return { ...newSpaceRow(space, role), revoked, ...(ended && { ended }), ...(attendee && { attendee }) }
}

/** What is sent, refused for good or let go of is no more on this device only. */
async function listEntries(db: Database): Promise<Entries> {
  const found = new Map<string, Entry>()
  const note = (table: Copied, key: IndexableType, row: unknown) =>
    found.set(`${table} ${JSON.stringify(row)}`, { table, key, row })
  await db.transaction('r', tablesOf(db), async () => {
    for (const state of ['local', 'parked'] as const)
      for (const key of await inState(db, state).primaryKeys()) found.set(`${state} ${key}`, { table: 'outbox', key })
    for (const row of await db.spaces.toArray()) note('spaces', row.space, unread(row))
    for (const row of await db.carried.toArray())
      if (row.waiting.length + row.refused.length > 0) note('carried', [row.space, row.dev, row.link], row)
    for (const row of await db.tickets.toArray())
      if (row.state === 'waiting') note('tickets', [row.space, row.form, row.person], row)
    for (const row of await db.ballots.toArray()) if (row.state === 'waiting') note('ballots', row.nonce, row)
  })
  return found
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
  if (gone.length + come.length === 0) return
  await copy.transaction('rw', tablesOf(copy), async () => {
    for (const name of copied) {
      const ofTable = ({ table }: Entry) => table === name
      await copy.table(name).bulkDelete(gone.filter(ofTable).map(({ key }) => key))
      await copy.table(name).bulkPut(name === 'outbox' ? outbox : come.filter(ofTable).map(({ row }) => row))
    }
  })
}

/** Room for another copy once the disk is full, which is when the one that lies here can no longer be written. */
const reservedBytes = 1 << 20

async function fillReserve(indexedDB: IDBFactory): Promise<void> {
  const room = new Dexie('ruang', { indexedDB, IDBKeyRange })
  room.version(1).stores({ bytes: '' })
  await room.table('bytes').put(new Uint8Array(reservedBytes), 'room')
  room.close()
}

/** Long enough that what is sent at once is never copied. */
const settleMs = 300

/**
 * Keeps the copy from now on. One that could not be written is never written to again, since what comes behind a torn
 * record is lost with it: the next change makes another, and only then the old one goes.
 */
export function keepSecondCopy(db: Database, places: CopyPlaces): SecondCopy {
  let current: { copy: Database; holds: Entries } | undefined
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

  /** Once: on a full disk another one would take the room that the first has left. */
  async function makeReserve(): Promise<void> {
    const { name, indexedDB } = await places.make()
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
    const { name, indexedDB } = await places.make()
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
    current = { copy, holds: now }
    await dropOthers(name)
    if (!reserve) await makeReserve()
  }

  async function update(): Promise<void> {
    if (stopped) return
    const now = await listEntries(db)
    const isNeeded = [...now.values()].some(isUnsent)
    if (!current) return isNeeded ? begin(now) : dropOthers(undefined)
    const difference = await compare(db, current.holds, now)
    try {
      await write(current.copy, difference)
      current.holds = now
    } catch {
      current.copy.close()
      current = undefined
      await spendReserve()
      if (isNeeded) await begin(now)
    }
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
    drop: () =>
      inTurn(async () => {
        current?.copy.close()
        current = undefined
        await spendReserve()
        await dropOthers(undefined)
      }),
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
 * is not empty.
 */
export async function recoverUnsent(db: Database, places: CopyPlaces): Promise<number> {
  if (await readDevice(db)) return 0
  const copies: Map<Copied, unknown[]>[] = []
  for (const name of await places.names().catch(() => [])) {
    const found = await readCopy(places, name).catch(() => undefined)
    if (found) copies.push(found)
  }
  if (copies.length === 0) return 0
  return db.transaction('rw', [db.meta, ...tablesOf(db)], async () => {
    if ((await readDevice(db)) || (await db.spaces.count()) > 0) return 0
    for (const found of copies) for (const [table, rows] of found) await db.table(table).bulkPut(rows)
    return (await inState(db, 'local').count()) + (await db.carried.count())
  })
}
