import { Dexie } from 'dexie'
import { afterEach, describe, expect, it } from 'vitest'
import { readDraft, writeDraft } from '../../src/client/db/drafts.ts'
import { commitOp, outboxRows, rowBefore } from '../../src/client/db/outbox.ts'
import { appendPage, pagesAbove, type ReceivedPage, unpackOps } from '../../src/client/db/pages.ts'
import {
  createDatabase,
  type Database,
  type OutboxRow,
  type PackedOp,
  schemaEpoch,
} from '../../src/client/db/schema.ts'
import { sentAbove } from '../../src/client/db/sent.ts'
import { newSpaceRow, readSpace, watchSpaces } from '../../src/client/db/spaces.ts'
import { createAuthor } from '../../src/client/state/author.ts'
import { openSpace } from '../../src/client/state/openSpace.ts'
import { setPerson } from '../../src/core/person.ts'
import { openVersion1, version1Row } from '../support/version1.ts'

const space = 'SPACESPACESPACESPACESP'
const dev = 'DEVDEVDEVDEVDEVDEVDEVD'
const opened: Database[] = []

/** A tab: its own connection to the same database. */
function tab(name: string): Database {
  const db = createDatabase(name)
  opened.push(db)
  return db
}

afterEach(async () => {
  const tabs = opened.splice(0)
  for (const db of tabs) db.close()
  for (const name of new Set(tabs.map((db) => db.name))) await Dexie.delete(name)
})

let salts = 0
const newOp = (changes = [setPerson('p', { name: 'Ani Contoh' })]) => ({
  space,
  dev,
  changes,
  salt: `salt-${String(salts++).padStart(6, '0')}`,
  wall: 1_000,
  offsetMs: 500,
  lastAt: 0,
})

const page = (after: number, bodies: string[]): ReceivedPage => ({
  space,
  epoch: 'e',
  after,
  head: after + bodies.length,
  chain: `chain-${after + bodies.length}`,
  witness: `witness-${after + bodies.length}`,
  backedUpThrough: 0,
  ops: bodies.map((body, i): PackedOp => [1, dev, after + i + 1, 1, 1, body]),
})

describe('the outbox', () => {
  it('[S1] numbers ops of two tabs without gaps, and none is earlier than the one before', async () => {
    const name = crypto.randomUUID()
    const [one, two] = [tab(name), tab(name)]
    const rows = await Promise.all(Array.from({ length: 40 }, (_, i) => commitOp(i % 2 ? one : two, newOp())))
    expect(rows.map(({ n }) => n).sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
    const stored = await outboxRows(one, space, 'local')
    for (let i = 1; i < stored.length; i++) expect(stored[i]?.at).toBeGreaterThanOrEqual(stored[i - 1]?.at ?? 0)
    expect(stored[0]?.at).toBe(1_500)
  })

  it('[S1] is written by transactions that wait for the disk', async () => {
    const begin = IDBDatabase.prototype.transaction
    const durabilities: string[] = []
    IDBDatabase.prototype.transaction = function (...given) {
      const begun = begin.apply(this, given)
      if (begun.mode === 'readwrite') durabilities.push(begun.durability)
      return begun
    }
    try {
      await commitOp(tab('durable'), newOp())
    } finally {
      IDBDatabase.prototype.transaction = begin
    }
    expect(durabilities.length).toBeGreaterThan(0)
    expect(new Set(durabilities)).toEqual(new Set(['strict']))
  })

  it('[S1] a space and its first op come into being together or not at all', async () => {
    const db = tab(crypto.randomUUID())
    const row = newSpaceRow(space, 'organizer')
    await commitOp(db, newOp(), { newSpace: row })
    await expect(commitOp(db, newOp(), { newSpace: row })).rejects.toThrow()
    expect(await outboxRows(db, space, 'local')).toHaveLength(1)
  })

  it('an op takes the draft that it was made of along, or leaves both as they were', async () => {
    const db = tab(crypto.randomUUID())
    const row = newSpaceRow(space, 'organizer')
    await writeDraft(db, 'walkIn', { name: 'Ani Contoh' }, 1)
    await db.spaces.add(row)
    await expect(commitOp(db, newOp(), { newSpace: row, draft: 'walkIn' })).rejects.toThrow()
    expect(await readDraft(db, 'walkIn')).toEqual({ name: 'Ani Contoh' })
    await commitOp(db, newOp(), { draft: 'walkIn' })
    expect(await readDraft(db, 'walkIn')).toBeUndefined()
  })

  it('[S9] code that is older than the database reads and never writes', async () => {
    const name = crypto.randomUUID()
    const newer = tab(name)
    await commitOp(newer, newOp())
    await newer.meta.put({ key: 'schema', epoch: schemaEpoch + 1 })
    const older = tab(name)
    await expect(commitOp(older, newOp())).rejects.toThrow('newer version')
    expect(await outboxRows(older, space, 'local')).toHaveLength(1)
  })
})

describe('a database of version 1', () => {
  /** As the app of that version made it, with an op in each state. */
  async function openOld(name: string): Promise<{ old: Dexie; rows: OutboxRow[] }> {
    const rows = [1, 2, 3, 4, 5, 6].map((n) =>
      version1Row({ space, dev, n }, n === 3 ? 'parked' : n > 5 ? 'local' : 'sent'),
    )
    const old = await openVersion1(name, rows)
    await old.table('spaces').add({ ...newSpaceRow(space, 'facilitator'), epoch: 'e', seq: 9, head: 9 })
    await old.table('drafts').add({ key: 'walkIn', value: { name: 'Ani Contoh' }, savedAt: 1 })
    return { old, rows }
  }

  it('opens with every op, sent or not, and counts on from the last', async () => {
    const name = crypto.randomUUID()
    const { old, rows } = await openOld(name)
    old.close()
    const db = tab(name)
    expect(await sentAbove(db, space, 0)).toEqual(rows.filter(({ state }) => state === 'sent'))
    expect(await outboxRows(db, space, 'local')).toEqual([rows[5]])
    expect(await outboxRows(db, space, 'parked')).toEqual([rows[2]])
    expect(await db.outbox.count()).toBe(2)
    expect(await rowBefore(db, rows[5] ?? (await commitOp(db, newOp())))).toEqual(rows[4])
    expect((await readSpace(db, space))?.seq).toBe(9)
    expect(await readDraft(db, 'walkIn')).toEqual({ name: 'Ani Contoh' })
    expect((await commitOp(db, newOp())).n).toBe(7)
  })

  it('[S9] is written no more by a tab of that version, which would not see what is in runs', async () => {
    const name = crypto.randomUUID()
    const { old } = await openOld(name)
    const db = tab(name)
    await db.open()
    expect(await db.meta.get('schema')).toEqual({ key: 'schema', epoch: schemaEpoch })
    expect(schemaEpoch).toBeGreaterThan(1)
    old.close()
  })
})

describe('the pages', () => {
  it('[S6] move the cursor with their ops, once, and only from where it stands', async () => {
    const db = tab(crypto.randomUUID())
    await db.spaces.add(newSpaceRow(space, 'facilitator'))
    expect(await appendPage(db, page(0, ['a', 'b']))).toBe(true)
    expect(await appendPage(db, page(0, ['a', 'b']))).toBe(false)
    expect(await appendPage(db, page(5, ['z']))).toBe(false)
    expect(await appendPage(db, page(2, ['c']))).toBe(true)
    const row = await readSpace(db, space)
    expect([row?.seq, row?.chain]).toEqual([3, 'chain-3'])
    const bodies = (await pagesAbove(db, space, 0)).flatMap(unpackOps).map(([, , , , , body]) => body)
    expect(bodies).toEqual(['a', 'b', 'c'])
  })

  it('small ones are joined, large ones are not, and a reader gets only what it lacks', async () => {
    const db = tab(crypto.randomUUID())
    await db.spaces.add(newSpaceRow(space, 'facilitator'))
    for (let after = 0; after < 2_400; after += 600) await appendPage(db, page(after, Array(600).fill('x')))
    const pages = await pagesAbove(db, space, 0)
    expect(pages.map(({ after, count }) => [after, count])).toEqual([
      [0, 600],
      [600, 600],
      [1_200, 600],
      [1_800, 600],
    ])
    await appendPage(db, page(2_400, ['y']))
    expect((await pagesAbove(db, space, 1_850)).map(({ after, count }) => [after, count])).toEqual([[1_800, 601]])
  })
})

describe('an open space', () => {
  const author = (onCommit = () => undefined) =>
    createAuthor({
      dev: () => dev,
      wall: () => 5_000,
      offsetMs: () => 0,
      random: (count) => crypto.getRandomValues(new Uint8Array(count)),
      onCommit,
    })

  it('shows what another tab wrote, and what was pulled', async () => {
    const name = crypto.randomUUID()
    const [one, two] = [tab(name), tab(name)]
    const row = newSpaceRow(space, 'facilitator')
    await one.spaces.add(row)
    const here = await openSpace(one, author(), row)
    const there = await openSpace(two, author(), row)
    await here.commit([setPerson('a', { name: 'Ani Contoh' })])
    expect(here.people.value.get('a')?.name).toBe('Ani Contoh')
    await expect.poll(() => there.people.value.get('a')?.name).toBe('Ani Contoh')
    await appendPage(two, page(0, [JSON.stringify(['saltsaltsal', ['s', 'person', 'b', { name: 'Budi Contoh' }]])]))
    await expect.poll(() => here.people.value.get('b')?.name).toBe('Budi Contoh')
    expect(here.unsent.value.count).toBe(1)
    here.close()
    there.close()
  })

  /**
   * Keeps the outbox from being written until it is let go of; `turns` counts how often the database has answered it.
   */
  async function holdOutbox(db: Database): Promise<{ turns: () => number; letGo: () => void }> {
    await db.open()
    const store = db.backendDB().transaction('outbox', 'readwrite').objectStore('outbox')
    let [turns, isHeld] = [0, true]
    const askAgain = () => {
      turns++
      if (isHeld) store.count().onsuccess = askAgain
    }
    askAgain()
    return {
      turns: () => turns,
      letGo: () => {
        isHeld = false
      },
    }
  }

  it('[S1] shows nothing, and says nothing is saved, before the disk has it', async () => {
    const name = crypto.randomUUID()
    const [db, other] = [tab(name), tab(name)]
    const row = newSpaceRow(space, 'facilitator')
    await db.spaces.add(row)
    let saved = 0
    const opened = await openSpace(db, author(), row)
    await opened.commit([setPerson('a', { name: 'Ani Contoh' })])
    const { turns, letGo } = await holdOutbox(other)
    const committing = opened.commit([setPerson('b', { name: 'Budi Contoh' })]).then(() => saved++)
    await expect.poll(turns).toBeGreaterThan(50)
    expect([...opened.people.value.keys()]).toEqual(['a'])
    expect(saved).toBe(0)
    letGo()
    await committing
    expect([...opened.people.value.keys()]).toEqual(['a', 'b'])
    opened.close()
  })

  it('that is made here is in the list of events at once', async () => {
    const db = tab(crypto.randomUUID())
    let listed: string[] | undefined
    const unwatch = watchSpaces(db, (rows) => {
      listed = rows.map((row) => row.space)
    })
    await expect.poll(() => listed).toEqual([])
    await commitOp(db, newOp(), { newSpace: newSpaceRow(space, 'organizer') })
    await expect.poll(() => listed).toEqual([space])
    unwatch()
  })

  it('says "saved", and lets that be drawn, before live queries are asked again', async () => {
    const db = tab(crypto.randomUUID())
    await db.spaces.add(newSpaceRow(space, 'facilitator'))
    const order: string[] = []
    const hear = () => void order.push('heard')
    Dexie.on.storagemutated.subscribe(hear)
    try {
      await commitOp(db, newOp())
      order.push('saved')
      setTimeout(() => order.push('drawn'))
      await expect.poll(() => order).toEqual(['saved', 'drawn', 'heard'])
    } finally {
      Dexie.on.storagemutated.unsubscribe(hear)
    }
  })

  it('folds anew when the server lowered the time of an own op', async () => {
    const db = tab(crypto.randomUUID())
    const row = newSpaceRow(space, 'facilitator')
    await db.spaces.add(row)
    const opened = await openSpace(db, author(), row)
    await opened.commit([setPerson('a', { name: 'Dari jam yang cepat' })])
    const [own] = await outboxRows(db, space, 'local')
    const other = JSON.stringify(['saltsaltsal', ['s', 'person', 'a', { name: 'Dari orang lain' }]])
    const received = page(0, [own?.body ?? '', other])
    received.ops = [
      [1, dev, 1, 5_000, 100, own?.body ?? ''],
      [1, 'OTHEROTHEROTHEROTHEROT', 1, 200, 200, other],
    ]
    await appendPage(db, received)
    await expect.poll(() => opened.people.value.get('a')?.name).toBe('Dari orang lain')
    opened.close()
  })
})
