import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, it } from 'vitest'
import { createDatabase } from '../../src/client/db/schema.ts'
import { applyGrants, newSpaceRow } from '../../src/client/db/spaces.ts'

const granted = { space: 'kegiatan', role: 'facilitator' } as const
const read = { epoch: 'E', seq: 3, head: 3 }

it.each([
  { what: 'whose right has ended', grants: [], becomes: { revoked: true } },
  { what: 'that was taken from the device by hand', grants: [], ended: true, becomes: { revoked: true, ended: true } },
  { what: 'that was given back after it was taken', grants: [granted], ended: true, becomes: { revoked: false } },
  { what: 'made here and never sent', held: { epoch: '', seq: 0, head: 0 }, grants: [], becomes: { revoked: false } },
  {
    what: 'that a restore has lost, of an organizer of all',
    grants: [],
    everywhere: true,
    becomes: { revoked: false },
  },
  {
    what: 'whose right came back',
    held: { ...read, revoked: true, ended: true },
    grants: [granted],
    becomes: { revoked: false, ended: false, seq: 3 },
  },
])('an event $what', async ({ grants, held = read, everywhere = false, ended = false, becomes }) => {
  const { space, role } = granted
  const db = createDatabase('hadir', { indexedDB: new IDBFactory(), IDBKeyRange })
  await db.spaces.add({ ...newSpaceRow(space, role), ...held })
  await applyGrants(db, [...grants], everywhere, ended ? [space] : [])
  expect(await db.spaces.toArray()).toEqual([{ ...newSpaceRow(space, role), ...held, ...becomes }])
  db.close()
})
