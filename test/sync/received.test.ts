import { expect, it } from 'vitest'
import { appendPage } from '../../src/client/db/pages.ts'
import type { PackedOp } from '../../src/client/db/schema.ts'
import { recordWalkIn } from '../../src/client/state/attendance.ts'
import { readHistory } from '../../src/client/state/history.ts'
import { encodeBody } from '../../src/core/op.ts'
import { createTeam, type Device } from './world.ts'

it('an auditor’s history says without a network when the server received each op, also what it does not know', async () => {
  const { server, organizer, space, session, siti, rahmat, stop } = await createTeam()
  const auditor = organizer.device
  const receivedOf = async (device: Device) =>
    new Map((await readHistory(device.db, space)).map(({ dev, n, received }) => [`${dev}.${n}`, received]))
  const work = async (device: Device, name: string) =>
    recordWalkIn(await device.open(space), { name, nip: '' }, { session, method: 'facilitator' })

  await work(siti, 'Ani Contoh')
  await work(siti, 'Badu Contoh')
  const own = siti.identity.device().dev
  const ofSiti = [...(await receivedOf(siti))].filter(([name]) => name.startsWith(own))
  expect(ofSiti.map(([, received]) => received)).toEqual(['waiting', 'waiting'])
  await siti.sync()
  await work(rahmat, 'Citra Contoh')
  await rahmat.sync()
  for (const device of [auditor, siti]) await device.sync()
  auditor.net.state = 'down'

  const rows = await server.store().accounts.db.selectFrom('ops').select(['dev', 'n', 'received']).execute()
  const expected = new Map(rows.map(({ dev, n, received }) => [`${dev}.${n}`, received]))
  expect(new Set(expected.values()).size).toBeGreaterThan(1)
  for (const device of [auditor, siti]) {
    const told = await receivedOf(device)
    expect(told.size).toBeGreaterThanOrEqual(4)
    for (const [name, received] of told) expect([name, received]).toEqual([name, expected.get(name)])
  }

  /** A server that does not say it yet, and the next that does again, in one joined page. */
  for (const received of [undefined, [[1, 77] satisfies [number, number]]]) {
    const held = await auditor.db.spaces.get(space)
    if (!held) throw new Error('no space')
    const { seq: after, epoch } = held
    const body = encodeBody('AAAAAAAAAAA', [{ type: 'set', kind: 'note', id: 'x', fields: { text: `${after}` } }])
    const op: PackedOp = [1, 'L'.repeat(22), after, 5, 5, body]
    const page = { space, epoch, after, head: after + 1, chain: `c${after}`, witness: 'w', backedUpThrough: 0 }
    expect(await appendPage(auditor.db, { ...page, ops: [op], received })).toBe(true)
    expect((await receivedOf(auditor)).get(`${op[1]}.${after}`)).toBe(received ? 77 : 'unknown')
  }
  const told = await receivedOf(auditor)
  for (const [name, received] of expected) if (told.has(name)) expect(told.get(name)).toBe(received)
  await stop()
})
