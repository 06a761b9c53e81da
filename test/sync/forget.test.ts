import { beforeEach, describe, expect, it } from 'vitest'
import { dropBlobsOf } from '../../src/client/db/blobs.ts'
import { eraseEnded } from '../../src/client/db/ended.ts'
import { type Blockers, forgetAll, forgetSpace, rememberSpace } from '../../src/client/db/forget.ts'
import { addWalkIns } from './rescueFile.ts'
import { createTeam, type Device, type Organizer } from './world.ts'

let organizer: Organizer
let space: string
let siti: Device

beforeEach(async () => {
  const team = await createTeam()
  ;({ organizer, space, siti } = team)
  await siti.sync()
  return team.stop
})

const nothing: Blockers = { unsent: 0, ballots: 0, parked: 0, lost: 0, drafts: [] }
const forget = () => forgetSpace(siti.db, { space, title: 'Sosialisasi Contoh' })

describe('[S10] an event does not leave a device', () => {
  async function saveOne(): Promise<void> {
    siti.net.state = 'down'
    await addWalkIns(siti, organizer, 1)
  }

  /** A batch of another phone with one op in it. */
  const carry = (said: object) =>
    siti.db.carried.add({
      ...{ space, dev: 'A', link: 'L', v: 1, previous: '', signature: '', ops: '[[1,1,1,"body"]]' },
      ...{ from: 'file', takenAt: 1, waiting: [], refused: [], ...said },
    })
  const addFile = (state: 'paused' | 'refused' | 'waiting') => {
    const file = { space, hash: 'A'.repeat(43), type: 'application/pdf', sizeBytes: 9, addedAt: 1 }
    return siti.db.blobs.add({ ...file, state, settledAt: 0, checkedAt: 0 })
  }
  const answers = { form: 'F', version: 'V', answers: {} }
  const held = { version: 'V', answers: {}, writtenAt: 1 }

  const nowhereElse = [
    { what: 'a check-in that was not sent', leave: saveOne, blockers: { unsent: 1 } },
    {
      what: 'what it carries for another phone',
      leave: () => carry({ waiting: [`${space} A 1`] }),
      blockers: { unsent: 1 },
    },
    {
      what: 'what the server turned away of another phone',
      leave: () => carry({ refused: [`${space} A 1`], outcomes: [{ reason: 'unknownAuthor' }] }),
      blockers: { parked: 1 },
    },
    {
      what: 'an anonymous answer that waits for its ticket',
      leave: () => siti.db.tickets.add({ space, form: 'F', person: 'P', state: 'waiting', held }),
      blockers: { unsent: 1, ballots: 1 },
    },
    {
      what: 'an anonymous answer that waits for its moment',
      leave: () => siti.db.ballots.add({ ...answers, space, nonce: 'N', token: 'T', sendAt: 1, state: 'waiting' }),
      blockers: { unsent: 1, ballots: 1 },
    },
    { what: 'a file that was not sent', leave: () => addFile('waiting'), blockers: { unsent: 1 } },
    { what: 'a file whose sending was stopped', leave: () => addFile('paused'), blockers: { unsent: 1 } },
    { what: 'a file that was refused', leave: () => addFile('refused'), blockers: { parked: 1 } },
    {
      what: 'what a restored server has lost',
      leave: async () => {
        const pages = await siti.db.pages.toArray()
        await siti.db.lostPages.bulkAdd(pages.map((page) => ({ ...page, epoch: '', refused: false, count: 3 })))
      },
      blockers: { lost: 3 },
    },
  ]
  const rowsOf = (but: string[]) =>
    Promise.all(siti.db.tables.filter(({ name }) => !but.includes(name)).map((table) => table.toArray()))

  it.each(nowhereElse)('nor does a sign-out or the end of a right take it along, with $what', async ({ leave }) => {
    await leave()
    await siti.db.spaces.update(space, { revoked: true, ended: true })
    const before = await rowsOf([])
    expect(await forgetAll(siti.db)).toBe(false)
    expect(await eraseEnded(siti.db, space, 0)).toBe(false)
    expect(await rowsOf([])).toEqual(before)
  })

  it.each([
    ...nowhereElse,
    {
      what: 'an anonymous answer that was refused',
      leave: () => siti.db.tickets.add({ space, form: 'F', person: 'P', state: 'refused', held }),
      blockers: { parked: 1 },
    },
    {
      what: 'what the server did not accept',
      leave: async () => {
        await saveOne()
        await siti.db.outbox.toCollection().modify({ state: 'parked', parkedFor: 'notAllowed' })
      },
      blockers: { parked: 1 },
    },
    {
      what: 'a form that is half filled in',
      leave: async () => void (await siti.db.drafts.add({ key: `walk-in:${space}`, value: {}, savedAt: 1 })),
      blockers: { drafts: [expect.stringContaining('walk-in')] },
    },
  ])('with $what', async ({ leave, blockers }) => {
    await leave()
    const before = await rowsOf(['meta'])
    expect(await forget()).toEqual({ ...nothing, ...blockers })
    expect(await rowsOf(['meta'])).toEqual(before)
  })
})

it('a file that two events name stays until neither is here any more', async () => {
  const { db } = siti
  const file = { hash: 'A', type: 'application/pdf', sizeBytes: 9, addedAt: 1, settledAt: 1, checkedAt: 1 }
  await db.contents.add({ hash: 'A', content: new Blob(['isi']) })
  await db.blobs.bulkAdd([space, 'S'].map((of) => ({ ...file, space: of, state: 'sent' as const })))
  await dropBlobsOf(db, space)
  expect(await db.contents.count()).toBe(1)
  await dropBlobsOf(db, 'S')
  expect(await db.contents.count()).toBe(0)
})

it('nothing of an event stays on a device that it was taken off', async () => {
  await addWalkIns(siti, organizer, 1)
  await siti.sync()
  const counts = () => Promise.all([siti.db.pages, siti.db.sent, siti.db.spaces].map((table) => table.count()))
  expect(await counts()).not.toContain(0)
  expect(await forget()).toBeUndefined()
  const held = await Promise.all(siti.db.tables.filter(({ name }) => name !== 'meta').map((table) => table.toArray()))
  expect(held.flat()).toEqual([])
})

it('an event that was taken off a device comes back when somebody asks for it, and not before', async () => {
  expect(await forget()).toBeUndefined()
  await siti.identity.refresh()
  expect(await siti.db.spaces.get(space)).toBeUndefined()
  await rememberSpace(siti.db, space)
  await siti.identity.refresh()
  expect(await siti.db.spaces.get(space)).toMatchObject({ role: 'facilitator' })
})
