import { Dexie } from 'dexie'
import { afterEach, describe, expect, it } from 'vitest'
import { makeRoomFor, onFullDisk, probe, withConnection } from '../../src/client/db/connection.ts'
import { readDraft, writeDraft } from '../../src/client/db/drafts.ts'
import { commitOp, outboxRows } from '../../src/client/db/outbox.ts'
import { createDatabase, type Database } from '../../src/client/db/schema.ts'
import { newSpaceRow } from '../../src/client/db/spaces.ts'
import { createDrafts } from '../../src/client/state/drafts.ts'
import { setPerson } from '../../src/core/person.ts'

const space = 'SPACESPACESPACESPACESP'
const dev = 'DEVDEVDEVDEVDEVDEVDEVD'
const opened: Database[] = []

async function open(): Promise<Database> {
  const db = createDatabase(crypto.randomUUID())
  opened.push(db)
  await db.open()
  return db
}

afterEach(async () => {
  for (const db of opened.splice(0)) {
    db.close()
    await Dexie.delete(db.name)
  }
})

let salts = 0
const newOp = () => ({
  space,
  dev,
  changes: [setPerson('p', { name: 'Ani Contoh' })],
  salt: `salt-${String(salts++).padStart(6, '0')}`,
  wall: 1_000,
  offsetMs: 0,
  lastAt: 0,
})

/** The next transaction does its work and is told of as lost, or is lost before it begins. */
function loseNext(db: Database, when: 'before' | 'after'): void {
  const { transaction } = db
  const lost = () => new DOMException('Connection to Indexed Database server lost', 'UnknownError')
  db.transaction = ((...given: Parameters<typeof transaction>) => {
    db.transaction = transaction
    if (when === 'before') return Dexie.Promise.reject(lost())
    return transaction.apply(db, given).then(() => Promise.reject(lost()))
  }) as typeof transaction
}

describe('a connection that the browser has closed', () => {
  it('is opened again by the next write, which is on the disk when it is called saved', async () => {
    const db = await open()
    await commitOp(db, newOp())
    db.backendDB().close()
    await commitOp(db, newOp())
    db.backendDB().close()
    await writeDraft(db, 'walkIn', { name: 'Budi' }, 1)
    const reader = createDatabase(db.name)
    opened.push(reader)
    expect((await outboxRows(reader, space, 'local')).map(({ n }) => n)).toEqual([1, 2])
    expect(await readDraft(reader, 'walkIn')).toEqual({ name: 'Budi' })
  })

  it('answers a probe after it was opened again', async () => {
    const db = await open()
    db.backendDB().close()
    expect(await probe(db)).toBe(true)
    db.close()
    expect(await probe(db)).toBe(true)
  })

  it.each(['before', 'after'] as const)('[S1] lost %s the write was done: the action is there once', async (when) => {
    const db = await open()
    await commitOp(db, newOp())
    loseNext(db, when)
    const row = await commitOp(db, newOp())
    expect(row.n).toBe(2)
    expect((await outboxRows(db, space, 'local')).map(({ n }) => n)).toEqual([1, 2])
    expect((await commitOp(db, newOp())).n).toBe(3)
  })

  it('is opened again once: whoever finds it dead later goes on over the new one', async () => {
    const db = await open()
    const dead = db.backendDB()
    dead.close()
    let fresh: IDBDatabase | undefined
    const later = await withConnection(db, async () => {
      if (fresh) return db.backendDB()
      expect(await probe(db)).toBe(true)
      fresh = db.backendDB()
      return dead.transaction('drafts').db
    })
    expect(fresh).not.toBe(dead)
    expect(later).toBe(fresh)
  })

  it('that stays lost is a failure, never "saved"', async () => {
    let isGone = false
    const engine = new Proxy(indexedDB, {
      get: (target, name) => {
        if (name === 'open' && isGone)
          throw new DOMException('Connection to Indexed Database server lost', 'UnknownError')
        const value: unknown = Reflect.get(target, name)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const db = createDatabase(crypto.randomUUID(), { indexedDB: engine, IDBKeyRange })
    await db.open()
    isGone = true
    db.close()
    await expect(commitOp(db, newOp())).rejects.toThrow()
    expect(await probe(db)).toBe(false)
  })
})

it('a space that another tab has given up takes no more ops', async () => {
  const db = await open()
  await db.spaces.add(newSpaceRow(space, 'facilitator'))
  await commitOp(db, newOp(), { onlyHeld: true })
  await db.spaces.delete(space)
  await expect(commitOp(db, newOp(), { onlyHeld: true })).rejects.toThrow('does not hold')
  expect(await db.outbox.count()).toBe(1)
})

describe('a full disk', () => {
  /** Writes fail for want of room, told of as `name`, until so many files were let go of. */
  function fill(db: Database, files: number, name = 'QuotaExceededError'): { dropped: number } {
    const state = { dropped: 0 }
    const { transaction } = db
    db.transaction = ((...given: Parameters<typeof transaction>) => {
      if (state.dropped < files) return Dexie.Promise.reject(new DOMException('full', name))
      return transaction.apply(db, given)
    }) as typeof transaction
    return state
  }

  it('never keeps a record out while there are saved materials to let go of', async () => {
    const db = await open()
    const state = fill(db, 1)
    onFullDisk(db, async () => {
      state.dropped++
      return true
    })
    expect((await commitOp(db, newOp())).n).toBe(1)
    expect(state.dropped).toBe(1)
    expect(await outboxRows(db, space, 'local')).toHaveLength(1)
  })

  it.each(['UnknownError', 'AbortError', 'InvalidStateError'])(
    'that is told of as %s is looked into, and emptied of saved materials',
    async (name) => {
      const db = await open()
      const state = fill(db, 1, name)
      const asked: boolean[] = []
      onFullDisk(db, async (isSaid) => {
        asked.push(isSaid)
        state.dropped++
        return true
      })
      expect((await commitOp(db, newOp())).n).toBe(1)
      expect(asked).toEqual([false])
      expect(await outboxRows(db, space, 'local')).toHaveLength(1)
    },
  )

  it('that many rows written at once tell of is looked into, too', async () => {
    const db = await open()
    const asked: boolean[] = []
    onFullDisk(db, async (isSaid) => asked.push(isSaid) > 0)
    const refused = new Dexie.BulkError('2 of 2 failed', [new DOMException('', 'UnknownError'), new Dexie.AbortError()])
    expect(await makeRoomFor(db, refused)).toBe(true)
    expect(asked).toEqual([false])
  })

  it('is no matter of a connection that was lost once', async () => {
    const db = await open()
    const asked: boolean[] = []
    onFullDisk(db, async (isSaid) => asked.push(isSaid) > 0)
    db.backendDB().close()
    await commitOp(db, newOp())
    loseNext(db, 'before')
    await commitOp(db, newOp())
    expect(asked).toEqual([])
  })

  it('makes room once for all who find it full', async () => {
    const db = await open()
    const state = fill(db, 1, 'UnknownError')
    let times = 0
    onFullDisk(db, async () => {
      times++
      await db.meta.get('schema')
      state.dropped = 1
      return true
    })
    await Promise.all([writeDraft(db, 'a', 1, 1), writeDraft(db, 'b', 2, 1)])
    expect([await readDraft(db, 'a'), await readDraft(db, 'b'), times]).toEqual([1, 2, 1])
  })

  it('with nothing to let go of is a failure that is told', async () => {
    const db = await open()
    fill(db, 1)
    onFullDisk(db, async () => false)
    await expect(commitOp(db, newOp())).rejects.toThrow(/full/)
  })

  it('is what is told, also when what lets go of materials cannot be loaded', async () => {
    const db = await open()
    fill(db, 1)
    onFullDisk(db, () => Promise.reject(new TypeError('Failed to fetch dynamically imported module')))
    await expect(commitOp(db, newOp())).rejects.toThrow(/full/)
  })

  it('is what is told, also when what lets go of materials never answers', async () => {
    const db = await open()
    fill(db, 1)
    onFullDisk(db, () => new Promise(() => undefined), 10)
    await expect(commitOp(db, newOp())).rejects.toThrow(/full/)
    await expect(commitOp(db, newOp())).rejects.toThrow(/full/)
  })

  it('shows a form what was typed before its page was closed, and keeps that where it lies', async () => {
    const db = await open()
    const drafts = createDrafts(db, () => 1, localStorage)
    drafts.rescue('walkIn', { name: 'Budi' })
    const state = fill(db, 1)
    expect(await drafts.read('walkIn')).toEqual({ name: 'Budi' })
    expect(await readDraft(db, 'walkIn')).toBeUndefined()
    state.dropped++
    expect(await drafts.read('walkIn')).toEqual({ name: 'Budi' })
    expect(await readDraft(db, 'walkIn')).toEqual({ name: 'Budi' })
  })
})
