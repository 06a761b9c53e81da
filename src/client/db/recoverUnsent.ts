import type { TicketRow } from './ballotRow.ts'
import { type Copied, type CopyPlaces, copied, copyKind, copyName, isOfKind, openCopy, tablesOf } from './copies.ts'
import { hasLeft, lastMarkOf, nobody, readDevice, readIdentity, readUnreadCopies } from './meta.ts'
import { type Database, NewerSchemaError, type OutboxRow, schemaEpoch } from './schema.ts'
import { sentAbove } from './sent.ts'
import { within } from './within.ts'

/** What a copy holds, and the mark of the account that was signed in. */
type CopyContent = { name: string; mark: string | undefined; rows: Map<Copied, unknown[]> }

/** Nothing is opened that a newer app has written: Dexie would, and might change it. */
async function readCopy(places: CopyPlaces, name: string): Promise<CopyContent> {
  const indexedDB = await places.open(name)
  const copy = openCopy(indexedDB)
  const held = (await indexedDB.databases()).find((found) => found.name === copyName)
  if (!held) return { name, mark: undefined, rows: new Map() }
  /** Dexie counts in tenths. */
  if ((held.version ?? 0) > copy.verno * 10) throw new NewerSchemaError()
  try {
    const schema = await copy.meta.get('schema')
    if (schema?.key === 'schema' && schema.epoch > schemaEpoch) throw new NewerSchemaError()
    const mark = (await readIdentity(copy))?.lastMark
    const tables = copied.map(async (table) => [table, await copy.table(table).toArray()] as const)
    return { name, mark, rows: new Map(await Promise.all(tables)) }
  } finally {
    copy.close()
  }
}

const isUnsent = ({ rows }: CopyContent) => [...rows].some(([table, found]) => table !== 'spaces' && found.length > 0)

/** Whether the row says more than the one that is here: a ticket goes on with what it was asked for with. */
const isFurther = (row: TicketRow, held: TicketRow) =>
  held.state === 'waiting' && held.blinding === undefined && row.blinding !== undefined

/** Adds what the database lacks. An action is known by its body, whichever key of this device it is under. */
async function putBack(db: Database, { rows }: CopyContent): Promise<void> {
  const own = (await readDevice(db))?.dev
  const spaces = await db.spaces.toCollection().primaryKeys()
  const sent = await Promise.all(spaces.map((space) => sentAbove(db, space, 0)))
  const bodies = new Set([...(await db.outbox.toArray()), ...sent.flat()].map(({ body }) => body))
  for (const [name, found] of rows) {
    const table = db.table(name)
    const keyOf = (row: unknown) => table.core.schema.primaryKey.extractKey?.(row)
    const held = await table.bulkGet(found.map(keyOf))
    const isWanted = (row: unknown, i: number) => {
      if (name === 'outbox') return !bodies.has((row as OutboxRow).body) && (row as OutboxRow).dev !== own && !held[i]
      return !held[i] || (name === 'tickets' && isFurther(row as TicketRow, held[i]))
    }
    await table.bulkPut(found.filter(isWanted))
  }
}

async function countRows(db: Database): Promise<number> {
  const carried = await db.carried.toArray()
  const ofOthers = carried.reduce((sum, { waiting, refused }) => sum + waiting.length + refused.length, 0)
  return (await db.outbox.count()) + ofOthers + (await db.tickets.count()) + (await db.ballots.count())
}

/** How long a browser may take to open a copy. */
const mostReadMs = 10_000

/**
 * Puts what the copies hold into a database that the browser has begun anew, before it has a key: under the new one it
 * goes out as what an older key of this device has left ([S8]). A copy that cannot be read holds up no start: it is
 * noted, stays where it is and is read at the next one, as is one of another account than the last. Rejects when
 * something cannot be put back: a key that was made then would say that nothing is missing.
 */
export async function recoverUnsent(
  db: Database,
  places: CopyPlaces,
  wall = Date.now,
  patienceMs = mostReadMs,
): Promise<void> {
  const unread = await readUnreadCopies(db)
  const isNew = !(await readDevice(db)) && !(await hasLeft(db))
  if (!isNew && !unread) return
  const found = await within(places.names(), patienceMs).catch(() => undefined)
  const names = found?.filter(
    (name) => isOfKind(name, copyKind) && (isNew || !unread?.names || unread.names.includes(name)),
  )
  if (names?.length === 0 && !unread) return
  const copies: CopyContent[] = []
  const missed: string[] = []
  for (const name of names ?? []) {
    const content = await within(readCopy(places, name), patienceMs).catch(() => undefined)
    if (content) copies.push(content)
    else missed.push(name)
  }
  /** The newest first: names rise with the time. */
  copies.sort((a, b) => (a.name < b.name ? 1 : -1))
  await db.transaction('rw', [db.meta, db.sent, ...tablesOf(db)], async () => {
    if (await hasLeft(db)) return
    const known = (await readIdentity(db)) ?? nobody
    const before = await countRows(db)
    let mark = lastMarkOf(known)
    for (const copy of copies.filter(isUnsent)) {
      const isOthers = mark !== undefined && copy.mark !== undefined && copy.mark !== mark
      if (isOthers) missed.push(copy.name)
      else await putBack(db, copy)
      mark ??= copy.mark
    }
    if (names && missed.length === 0) await db.meta.delete('unreadCopies')
    else await db.meta.put(names ? { key: 'unreadCopies', names: missed } : (unread ?? { key: 'unreadCopies' }))
    const recovered = (await countRows(db)) - before
    const tells = recovered > 0 || (missed.length > 0 && !unread)
    if (!tells && !known.unread) return
    const { unread: wasUnread, ...rest } = known
    await db.meta.put({
      ...rest,
      ...(mark !== undefined && known.lastAccount === undefined && { lastMark: mark }),
      ...(tells && { wipedAt: wall() }),
      ...(recovered > 0 && { recovered }),
      ...(missed.length > 0 && (tells || wasUnread) && { unread: true }),
    })
  })
}
