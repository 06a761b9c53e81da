import { beforeEach, describe, expect, it } from 'vitest'
import { type Blockers, forgetSpace, rememberSpace } from '../../src/client/db/forget.ts'
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

const nothing: Blockers = { unsent: 0, parked: 0, lost: 0, drafts: [] }
const forget = () => forgetSpace(siti.db, { space, title: 'Sosialisasi Contoh' })

describe('[S10] an event does not leave a device', () => {
  async function saveOne(): Promise<void> {
    siti.net.state = 'down'
    await addWalkIns(siti, organizer, 1)
  }

  it.each([
    { what: 'a check-in that was not sent', leave: saveOne, blockers: { unsent: 1 } },
    {
      what: 'what the server did not accept',
      leave: async () => {
        await saveOne()
        await siti.db.outbox.toCollection().modify({ state: 'parked', parkedFor: 'notAllowed' })
      },
      blockers: { parked: 1 },
    },
    {
      what: 'what a restored server has lost',
      leave: async () => {
        const pages = await siti.db.pages.toArray()
        await siti.db.lostPages.bulkAdd(pages.map((page) => ({ ...page, epoch: '', refused: false, count: 3 })))
      },
      blockers: { lost: 3 },
    },
    {
      what: 'a form that is half filled in',
      leave: async () => void (await siti.db.drafts.add({ key: `walk-in:${space}`, value: {}, savedAt: 1 })),
      blockers: { drafts: [expect.stringContaining('walk-in')] },
    },
  ])('with $what', async ({ leave, blockers }) => {
    await leave()
    const tables = siti.db.tables.filter(({ name }) => name !== 'meta')
    const held = () => Promise.all(tables.map((table) => table.toArray()))
    const before = await held()
    expect(await forget()).toEqual({ ...nothing, ...blockers })
    expect(await held()).toEqual(before)
  })
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
