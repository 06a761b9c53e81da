import { afterEach, beforeEach, expect, it } from 'vitest'
import { outboxRows } from '../../src/client/db/outbox.ts'
import type { OutboxRow } from '../../src/client/db/schema.ts'
import { sentAbove } from '../../src/client/db/sent.ts'
import { pushSpace } from '../../src/client/sync/push.ts'
import { encodeBody, opVersion } from '../../src/core/op.ts'
import { maxPushOps } from '../../src/protocol/limits.ts'
import { createDisk, type Life } from './simulator/disk.ts'
import { createFacilitator, createOrganizer, createServer, type Device, type Server } from './world.ts'

const alive: Life = { step: () => true, isAlive: () => true, onDeath: () => undefined }

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

it('[S10] on a full disk every batch is sent once a round, and with room again nothing is there twice', async () => {
  const { space } = organizer
  const opened = await siti.open(space)
  const total = maxPushOps + 3
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
  let isFull = true
  const db = disk.open(alive, ({ table, type }) => (isFull && table === 'sent' && type === 'put' ? 'full' : undefined))
  const parts = { db, link: siti.link, device: siti.identity.device, renewDevice: siti.identity.renew }
  const before = (await server.store().findSpace(space))?.head ?? 0
  await expect(pushSpace(parts, space)).rejects.toThrow('full')
  expect((await server.store().findSpace(space))?.head).toBe(before + total)
  expect(await outboxRows(db, space, 'local')).toHaveLength(total)

  isFull = false
  expect(await pushSpace(parts, space)).toBeUndefined()
  expect(await sentAbove(db, space, 0)).toHaveLength(total)
  expect((await server.store().findSpace(space))?.head).toBe(before + total)
})
