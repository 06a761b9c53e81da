import { expect, it } from 'vitest'
import { newSpaceRow } from '../../src/client/db/spaces.ts'
import { createAuthor } from '../../src/client/state/author.ts'
import { createSpaces } from '../../src/client/state/spaces.ts'
import { setPerson } from '../../src/core/person.ts'
import { createDisk } from './simulator/disk.ts'

const space = 'SPACESPACESPACESPACESP'
const dev = 'DEVDEVDEVDEVDEVDEVDEVD'
const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count))
const alive = { step: () => true, isAlive: () => true, onDeath: () => undefined, losesConnection: () => false }

/** Seed 246 of the simulator: an organizer let one record in and the server turned another one away, seen at once. */
it('[S4] what is turned away leaves the screen, also when something else stops being turned away', async () => {
  const db = createDisk(crypto.randomUUID()).open(alive, () => undefined)
  await db.spaces.add(newSpaceRow(space, 'facilitator'))
  const author = createAuthor({
    ...{ dev: () => dev, wall: () => 1_000, offsetMs: () => 0, random: randomBytes, onCommit: () => undefined },
    device: () => ({ holder: '', name: '' }),
  })
  const opened = await createSpaces(db, author, randomBytes).open(space)
  const shown = () => [...(opened?.people.value.values() ?? [])].map(({ name }) => name).sort()
  await opened?.commit([setPerson('person-a', { name: 'Ani Contoh' })])
  await opened?.commit([setPerson('person-b', { name: 'Budi Contoh' })])
  const [ani, budi] = await db.outbox.toArray()
  if (!ani || !budi) throw new Error('Nothing was written')
  await db.outbox.put({ ...ani, state: 'parked', parkedFor: 'notAllowed' })
  await expect.poll(shown).toEqual(['Budi Contoh'])
  await db.outbox.bulkPut([ani, { ...budi, state: 'parked', parkedFor: 'notAllowed' }])
  await expect.poll(shown).toEqual(['Ani Contoh'])
  opened?.close()
})
