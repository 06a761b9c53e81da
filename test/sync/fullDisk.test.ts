import { afterEach, beforeEach, expect, it } from 'vitest'
import { outboxRows } from '../../src/client/db/outbox.ts'
import type { OutboxRow } from '../../src/client/db/schema.ts'
import { sentAbove } from '../../src/client/db/sent.ts'
import { createIdentity } from '../../src/client/sync/identity.ts'
import { pushSpace } from '../../src/client/sync/push.ts'
import { sealBatch } from '../../src/client/sync/seal.ts'
import { encodeBody, opVersion } from '../../src/core/op.ts'
import { firstPushOps } from '../../src/protocol/limits.ts'
import { createDisk, type Life } from './simulator/disk.ts'
import { createFacilitator, createOrganizer, createServer, type Device, type Server } from './world.ts'

const alive: Life = { step: () => true, isAlive: () => true, losesConnection: () => false, onDeath: () => undefined }

let server: Server
let organizer: Awaited<ReturnType<typeof createOrganizer>>
let siti: Device

beforeEach(async () => {
  server = await createServer()
  organizer = await createOrganizer(server)
  siti = await createFacilitator(server, organizer.device, organizer.space, 'Siti')
})

afterEach(async () => {
  for (const device of [organizer.device, siti]) device.engine.stop()
  await server.stop()
})

const total = firstPushOps + 3

/** Siti's device with more unsent ops than one push takes, on a disk that can be full for what was sent. */
async function fillOutbox() {
  const { space } = organizer
  const opened = await siti.open(space)
  const { dev } = siti.identity.device()
  const now = Date.now()
  const rows = Array.from({ length: total }, (_, i): OutboxRow => {
    const fields = { name: `Peserta Contoh ${i}`, invited: false }
    const body = encodeBody(opened.newId(), [{ type: 'set', kind: 'person', id: opened.newId(), fields }])
    return { space, dev, n: i + 1, v: opVersion, wall: now, at: now, body, state: 'local' }
  })
  await siti.db.outbox.bulkAdd(rows)
  const disk = createDisk('hadir-penuh')
  await disk.putBack(
    await Promise.all(siti.db.tables.map(async (table) => ({ table: table.name, rows: await table.toArray() }))),
  )
  /** How many writes still find room, and how many behind those find it full. */
  const state = { room: 0, full: Number.POSITIVE_INFINITY }
  const db = disk.open(alive, ({ table, type }) =>
    table === 'sent' && type === 'put' && state.room-- <= 0 && state.full-- > 0 ? 'full' : undefined,
  )
  const { link } = siti
  const identity = await createIdentity({ db, link, deviceName: 'Siti', onChange: () => undefined })
  return { db, rows, state, push: () => pushSpace({ db, link, renewDevice: identity.renew, wall: Date.now }, space) }
}

const headOf = async (space: string) => (await server.store().findSpace(space))?.head ?? 0

it('[S10] on a full disk every batch is sent once a round, and with room again nothing is there twice', async () => {
  const { space } = organizer
  const { db, state, push } = await fillOutbox()
  const before = await headOf(space)
  await expect(push()).rejects.toThrow('full')
  expect(await headOf(space)).toBe(before + total)
  expect(await outboxRows(db, space, 'local')).toHaveLength(total)

  state.full = 0
  expect(await push()).toBeUndefined()
  expect(await sentAbove(db, space, 0)).toHaveLength(total)
  expect(await headOf(space)).toBe(before + total)
})

it.each([0, 1])(
  '[S8] what was committed gets no second name when a later op is forked and the disk is full after %i writes',
  async (room) => {
    const { space } = organizer
    const { db, rows, state, push } = await fillOutbox()
    const last = rows.at(-1)
    if (!last) throw new Error('There are no ops')
    const other = { ...last, body: encodeBody('salinan-itu', []) }
    await siti.link.push(space, (await sealBatch(siti.identity.device(), [other], undefined)).request)
    const before = await headOf(space)
    Object.assign(state, { room, full: 1 })
    await expect(push()).rejects.toThrow('full')
    expect(await push()).toBeUndefined()
    expect(await outboxRows(db, space, 'local')).toEqual([])
    expect(await headOf(space)).toBe(before + total)
  },
)
