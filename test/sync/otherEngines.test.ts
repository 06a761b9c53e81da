import { beforeEach, expect, it } from 'vitest'
import { commitOp, outboxRows } from '../../src/client/db/outbox.ts'
import { savePerson, setDeleted } from '../../src/client/state/people.ts'
import { pushSpace } from '../../src/client/sync/push.ts'
import { fold } from '../../src/core/fold.ts'
import { encodeBody } from '../../src/core/op.ts'
import { readPeople, setPerson } from '../../src/core/person.ts'
import { newId } from '../../src/server/auth/keys.ts'
import { createTeam, type Device, type Server, serverState } from './world.ts'

/** Ways in which other engines lost work that no other test is about (test/README.md has the whole list). */

let server: Server
let space: string
let siti: Device
let rahmat: Device

beforeEach(async () => {
  const team = await createTeam()
  ;({ server, space, siti, rahmat } = team)
  return team.stop
})

const ani = 'AAAAAAAAAAAAAAAAAAAAAA'

it('what was written in an event that nobody has open is sent', async () => {
  const { db, author } = siti
  await commitOp(db, author.newOp(space, [setPerson(ani, { name: 'Ani Contoh', invited: true })], 0))
  await siti.sync()
  expect(await serverState(server, space)).toContain('Ani Contoh')
  expect(await outboxRows(db, space, 'local')).toEqual([])
})

it('what the server has and this device has not read back stays in sight, also in a tab that is opened then', async () => {
  await siti.sync()
  const opened = await siti.open(space)
  await savePerson(opened, ani, { name: 'Ani Contoh', invited: true })
  const seen: boolean[] = []
  const unsubscribe = opened.people.subscribe((people) => seen.push(people.has(ani)))
  expect(
    await pushSpace({ db: siti.db, link: siti.link, renewDevice: siti.identity.renew, wall: Date.now }, space),
  ).toBeUndefined()
  await expect.poll(() => opened.unsent.value.count).toBe(0)
  expect((await siti.db.spaces.get(space))?.seq).toBeLessThan((await server.store().findSpace(space))?.head ?? 0)
  expect(await siti.state(space)).toContain('Ani Contoh')
  await siti.sync()
  await expect.poll(() => opened.progress.value.seq).toBe((await server.store().findSpace(space))?.head)
  unsubscribe()
  expect(new Set(seen)).toEqual(new Set([true]))
})

it('what was made and taken away before others read it stays away', async () => {
  const opened = await siti.open(space)
  await savePerson(opened, ani, { name: 'Ani Contoh', invited: true })
  await setDeleted(opened, ani, true)
  await siti.sync()
  await rahmat.sync()
  expect((await rahmat.open(space)).people.value.has(ani)).toBe(false)
  await rahmat.sync()
  expect(await rahmat.state(space)).toBe(await serverState(server, space))
})

it('more edits in one moment than 16 bits count stand in the order of their numbers', () => {
  const edits = Array.from({ length: 70_000 }, (_, i) => {
    const body = encodeBody('AAAAAAAAAAA', [setPerson(ani, { name: `Ani ${i}`, invited: true })])
    return { dev: 'D', n: i + 1, wall: 1, at: 1, body }
  })
  expect(readPeople(fold(edits.toReversed())).get(ani)?.name).toBe('Ani 69999')
})

it('[S7] what others wrote is brought back in one round, also to a log that has a new epoch', async () => {
  await siti.sync()
  const copy = await server.backup()
  await savePerson(await siti.open(space), ani, { name: 'Ani Contoh', invited: true })
  for (const device of [siti, rahmat]) await device.sync()
  await server.restore(copy)
  await server.store().accounts.db.updateTable('spaces').set({ epoch: newId() }).execute()
  await rahmat.sync()
  expect(await serverState(server, space)).toContain(ani)
  expect(await rahmat.db.lostPages.count()).toBe(0)
})
