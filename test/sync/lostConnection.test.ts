import { Dexie } from 'dexie'
import { expect, it, vi } from 'vitest'
import { firstRead, watch } from '../../src/client/db/connection.ts'
import { commitOp, outboxRows } from '../../src/client/db/outbox.ts'
import type { Database } from '../../src/client/db/schema.ts'
import { newSpaceRow } from '../../src/client/db/spaces.ts'
import { createAuthor } from '../../src/client/state/author.ts'
import { createBallots } from '../../src/client/state/ballots.ts'
import { createKiosk } from '../../src/client/state/kiosk.ts'
import { createSpaces } from '../../src/client/state/spaces.ts'
import { createStatus } from '../../src/client/state/status.ts'
import { setPerson } from '../../src/core/person.ts'
import { createDisk } from './simulator/disk.ts'

const space = 'SPACESPACESPACESPACESP'
const dev = 'DEVDEVDEVDEVDEVDEVDEVD'
const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count))

/**
 * A phone with one event: a tab whose connection is closed under it at the `at`-th read or write from when it is told.
 */
async function openPhone(at: number) {
  const disk = createDisk(crypto.randomUUID())
  let left = Number.POSITIVE_INFINITY
  const tabOf = (losesConnection: () => boolean) =>
    disk.open({ step: () => true, isAlive: () => true, onDeath: () => undefined, losesConnection }, () => undefined)
  let isBroken = false
  const db = tabOf(() => isBroken || --left === 0)
  await db.spaces.add(newSpaceRow(space, 'facilitator'))
  return {
    db,
    other: tabOf(() => false),
    loseSoon: () => {
      left = at
    },
    /** Every new connection is lost as well. */
    breakForGood: () => {
      isBroken = true
    },
  }
}

const newOp = (name: string) => ({
  ...{ space, dev, wall: 1_000, offsetMs: 0, lastAt: 0 },
  changes: [setPerson(`person-${name}`, { name })],
  salt: `salt-${name}`,
})

/** More than there are reads and writes in it: the last ones lose nothing. */
const moments = Array.from({ length: 9 }, (_, place) => place + 1)

it.each(moments)('[S1] a first record is saved once when IndexedDB is lost at read or write %i', async (at) => {
  const { db, other, loseSoon } = await openPhone(at)
  loseSoon()
  await commitOp(db, newOp('Ani'))
  await commitOp(db, newOp('Budi'))
  expect((await outboxRows(other, space, 'local')).map(({ n }) => n)).toEqual([1, 2])
})

it.each(moments)(
  '[S1] two records at once are saved once each when IndexedDB is lost at read or write %i',
  async (at) => {
    const { db, other, loseSoon } = await openPhone(at)
    loseSoon()
    await Promise.all([commitOp(db, newOp('Ani')), commitOp(db, newOp('Budi'))])
    expect((await outboxRows(other, space, 'local')).map(({ n }) => n)).toEqual([1, 2])
  },
)

const newAuthor = () =>
  createAuthor({
    ...{ dev: () => dev, wall: () => 1_000, offsetMs: () => 0, random: randomBytes, onCommit: () => undefined },
    device: () => ({ holder: '', name: '' }),
  })

it.each(moments)('what another tab wrote is shown when IndexedDB is lost at read %i meanwhile', async (at) => {
  const { db, other, loseSoon } = await openPhone(at)
  const opened = await createSpaces(db, newAuthor(), randomBytes).open(space)
  loseSoon()
  await commitOp(other, newOp('Ani'))
  await expect.poll(() => opened?.people.value.size).toBe(1)
  expect(opened?.unsent.value.count).toBe(1)
  opened?.close()
})

it('an event that is taken off this device while it cannot be opened leaves nothing behind, and is no bug', async () => {
  const { db, other } = await openPhone(0)
  let failWith: ((error: Error) => void) | undefined
  db.snapshots.get = () =>
    new Dexie.Promise<never>((_, reject) => {
      failWith = reject
    })
  const spaces = createSpaces(db, newAuthor(), randomBytes)
  const opening = spaces.open(space)
  await expect.poll(() => failWith).toBeDefined()
  await other.spaces.delete(space)
  await expect.poll(() => spaces.rows.value).toEqual([])
  failWith?.(new Error('unreadable'))
  await expect(opening).rejects.toThrow('unreadable')
  const read = vi.spyOn(db.outbox, 'where')
  await other.spaces.add(newSpaceRow(space, 'facilitator'))
  await expect.poll(() => spaces.rows.value?.length).toBe(1)
  expect(read).not.toHaveBeenCalled()
})

const parts = { wall: () => 1_000, random: randomBytes, hashPin: async (pin: string) => pin, onKept: () => undefined }
it.each<[string, (db: Database) => Promise<unknown>]>([
  ['what is unsent', createStatus],
  ['who has answered', (db) => createBallots({ db, ...parts })],
  ['whether it is a kiosk', (db) => createKiosk({ db, ...parts })],
])('a start that cannot read %s says so, and does not wait for ever', async (_, create) => {
  const { db, breakForGood } = await openPhone(0)
  breakForGood()
  await expect(create(db)).rejects.toThrow()
})

it.each(['AbortError', 'DatabaseClosedError'])('a start says so, too, when each read ends as %s', async (name) => {
  const { db } = await openPhone(0)
  const read = () => Promise.reject(new DOMException('closed', name))
  const first = firstRead(
    (on, onValue, onError) => watch(on, read, onValue, onError),
    db,
    () => undefined,
  )
  await expect(first).rejects.toThrow('closed')
})
