import { beforeEach, describe, expect, it } from 'vitest'
import { outboxRows, renameUnsent } from '../../src/client/db/outbox.ts'
import { retryParked } from '../../src/client/db/parked.ts'
import { sentAbove } from '../../src/client/db/sent.ts'
import { watchUnsent } from '../../src/client/db/spaces.ts'
import { recordWalkIn } from '../../src/client/state/attendance.ts'
import { createGoverning } from '../../src/client/sync/governing.ts'
import { createIdentity } from '../../src/client/sync/identity.ts'
import { pushSpace } from '../../src/client/sync/push.ts'
import { createRescue } from '../../src/client/sync/rescue.ts'
import { toSheetInput } from '../../src/client/ui/screens/documents/sheetChoice.ts'
import { setEvent } from '../../src/core/event.ts'
import { fail } from '../../src/core/result.ts'
import { sheetsToCsv } from '../../src/documents/csv.ts'
import { buildSheets } from '../../src/documents/sheet.ts'
import { addWalkIns, makeFile, openFile } from './rescueFile.ts'
import { createDevice, createTeam, type Device, type Organizer, type Server, serverState } from './world.ts'

let server: Server
let organizer: Organizer
let space: string
let siti: Device
let rahmat: Device

beforeEach(async () => {
  const team = await createTeam()
  ;({ server, organizer, space, siti, rahmat } = team)
  return team.stop
})

async function walkIn(device: Device, name: string): Promise<void> {
  const fields = { name, nip: '', invited: false }
  await recordWalkIn(await device.open(space), fields, { session: organizer.session, method: 'facilitator' })
}

/** What the ops about these people are called in the log. */
async function namesInLog(...people: string[]): Promise<string[]> {
  const page = await server.store().readPage(space, undefined, { maxOps: 10_000, maxBytes: 1e8 })
  if (page?.state !== 'page') throw new Error('The server does not hold the space')
  return page.ops.filter(({ body }) => people.some((name) => body.includes(name))).map(({ dev, n }) => `${dev} ${n}`)
}

async function renew(device: Device): Promise<void> {
  const renewed = await device.identity.renew(device.identity.device())
  if (!renewed.ok) throw new Error(renewed.failure.kind)
}

/** A tab that was opened before, and has not asked the server since. */
async function otherTab({ db, link }: Device) {
  const identity = await createIdentity({ db, link, deviceName: 'Siti', onChange: () => undefined })
  return { identity, rescue: createRescue({ db, link, identity, wall: Date.now, onDelivered: () => undefined }) }
}

const isFolded = async () => expect(await siti.state(space)).toBe(await serverState(server, space))

describe('[S8] a device that took a new key', () => {
  it('is not given its old one back by a rescue file from a tab that did not hear of it', async () => {
    await siti.sync()
    const tab = await otherTab(siti)
    await renew(siti)
    await walkIn(siti, 'Ani Contoh')
    siti.net.state = 'answerLost'
    await siti.sync()
    siti.net.state = 'up'
    expect(await tab.rescue.make()).toBeDefined()
    await walkIn(siti, 'Budi Contoh')
    await siti.sync()
    expect(await namesInLog('Ani Contoh', 'Budi Contoh')).toHaveLength(2)
    await isFolded()
  })

  it('takes no second one when another tab hears only then that the old one was forked', async () => {
    const forked = siti.identity.device()
    const tab = await otherTab(siti)
    await renew(siti)
    await walkIn(siti, 'Ani Contoh')
    siti.net.state = 'answerLost'
    await siti.sync()
    siti.net.state = 'up'
    const { calls } = siti.net
    expect(await tab.identity.renew(forked)).toEqual({ ok: true, value: siti.identity.device() })
    expect(siti.net.calls).toBe(calls)
    await siti.sync()
    expect(await namesInLog('Ani Contoh')).toEqual([`${siti.identity.device().dev} 1`])
  })

  it('is not given its old one back by a round of such a tab', async () => {
    await siti.sync()
    const tab = await otherTab(siti)
    await renew(siti)
    await walkIn(siti, 'Ani Contoh')
    siti.net.state = 'answerLost'
    await siti.sync()
    siti.net.state = 'up'
    const { db, link } = siti
    const parts = { db, link, renewDevice: tab.identity.renew, wall: Date.now }
    expect(await pushSpace(parts, space)).toBeUndefined()
    expect(await outboxRows(db, space, 'local')).toEqual([])
    await siti.sync()
    expect(await namesInLog('Ani Contoh')).toHaveLength(1)
    await isFolded()
  })

  it('does not send anew under it what others bring back to a restored server', async () => {
    await siti.sync()
    const copy = await server.backup()
    await walkIn(siti, 'Ani Contoh')
    await siti.sync()
    await rahmat.sync()
    await server.restore(copy)
    await renew(siti)
    for (const device of [siti, rahmat, siti, rahmat]) await device.sync()
    expect(await namesInLog('Ani Contoh')).toHaveLength(1)
    await isFolded()
  })

  it('does not send anew what the log holds under the old one, though the answer was lost', async () => {
    await walkIn(siti, 'Ani Contoh')
    siti.net.state = 'answerLost'
    await siti.sync()
    siti.net.state = 'up'
    await renew(siti)
    await siti.sync()
    expect(await namesInLog('Ani Contoh')).toHaveLength(1)
    expect(await outboxRows(siti.db, space, 'local')).toEqual([])
    await isFolded()
  })

  it('and could not read the log yet waits with what may be in it under the old one', async () => {
    await walkIn(siti, 'Ani Contoh')
    siti.net.state = 'answerLost'
    await siti.sync()
    siti.net.state = 'up'
    await renew(siti)
    const pull = siti.link.pull
    siti.link.pull = async () => fail({ kind: 'offline' as const })
    await siti.sync()
    siti.link.pull = pull
    await siti.sync()
    expect(await namesInLog('Ani Contoh')).toHaveLength(1)
    await isFolded()
  })

  it('loses nothing that a copy of it has sent something else under the name of', async () => {
    const copyOf = { row: siti.identity.device(), cookies: new Map(siti.cookies) }
    const copy = await createDevice(server, 'Salinan', { copyOf })
    await copy.sync()
    siti.net.state = 'down'
    await walkIn(siti, 'Ani Contoh')
    siti.net.state = 'up'
    await walkIn(copy, 'Budi Contoh')
    await copy.sync()
    copy.engine.stop()
    await renew(siti)
    for (let round = 0; round < 2; round++) await siti.sync()
    const dev = siti.identity.device().dev
    expect(await namesInLog('Budi Contoh', 'Ani Contoh')).toEqual([`${copyOf.row.dev} 1`, `${dev} 1`])
    await isFolded()
  })

  it('leaves what a restored server has lost at the time that it had been given', async () => {
    const copy = await server.backup()
    await walkIn(siti, 'Ani Contoh')
    await siti.db.outbox.toCollection().modify((row) => void Object.assign(row, { at: row.at + 3_600_000 }))
    const { db, link, identity } = siti
    expect(await pushSpace({ db, link, renewDevice: identity.renew, wall: Date.now }, space)).toBeUndefined()
    const given = (await sentAbove(db, space, 0)).map(({ finalAt }) => finalAt)
    await server.restore(copy)
    await renew(siti)
    for (const _ of [1, 2]) await siti.sync()
    const page = await server.store().readPage(space, undefined, { maxOps: 10_000, maxBytes: 1e8 })
    if (page?.state !== 'page') throw new Error('The server does not hold the space')
    expect(page.ops.filter(({ body }) => body.includes('Ani Contoh')).map(({ at }) => at)).toEqual(given)
  })

  it('sends what no log holds under the new one, also while it is too old to read', async () => {
    siti.net.state = 'down'
    await walkIn(siti, 'Ani Contoh')
    siti.net.state = 'up'
    await renew(siti)
    const { dev } = siti.identity.device()
    const pull = siti.link.pull
    siti.link.pull = async () => fail({ kind: 'clientTooOld' as const })
    await siti.sync()
    siti.link.pull = pull
    expect(await namesInLog('Ani Contoh')).toEqual([`${dev} 1`])
  })

  it('and whose work came back under the old one afterwards is in the log once', async () => {
    const copy = await server.backup()
    await walkIn(siti, 'Ani Contoh')
    const { db, link, identity } = siti
    expect(await pushSpace({ db, link, renewDevice: identity.renew, wall: Date.now }, space)).toBeUndefined()
    await rahmat.sync()
    await server.restore(copy)
    await renew(siti)
    for (const device of [siti, siti]) await device.sync()
    expect(await namesInLog('Ani Contoh')).toEqual([`${identity.device().dev} 1`])
    for (const device of [rahmat, rahmat, siti]) await device.sync()
    expect(await namesInLog('Ani Contoh')).toHaveLength(1)
    await isFolded()
    expect(await rahmat.state(space)).toBe(await serverState(server, space))
  })

  it('says how long the oldest waits, whatever the ops in front of it are called', async () => {
    const { db } = siti
    siti.net.state = 'down'
    await walkIn(siti, 'Ani Contoh')
    const hourAgo = Date.now() - 3_600_000
    await db.outbox.toCollection().modify({ wall: hourAgo })
    siti.net.state = 'up'
    await renew(siti)
    await walkIn(siti, 'Budi Contoh')
    const oldest: (number | undefined)[] = []
    const stop = watchUnsent(db, (unsent) => void oldest.push(unsent.get(space)?.oldestWall))
    await expect.poll(() => oldest.at(-1)).toBe(hourAgo)
    oldest.length = 0
    expect(await renameUnsent(db, space)).toBe(true)
    await expect.poll(() => oldest.at(-1)).toBe(hourAgo)
    const [first, second] = await outboxRows(db, space, 'local')
    expect([first?.body.includes('Budi'), second?.wall]).toEqual([true, hourAgo])
    stop()
  })

  it('begins its chain anew: of what was sealed under the old one it takes no link along', async () => {
    const { db } = siti
    siti.net.state = 'down'
    await walkIn(siti, 'Ani Contoh')
    const [written] = await outboxRows(db, space, 'local')
    await db.outbox.toCollection().modify({ link: 'L', previous: 'P', seq: 7, finalAt: 5 })
    siti.net.state = 'up'
    await renew(siti)
    expect(await renameUnsent(db, space)).toBe(true)
    const { dev } = siti.identity.device()
    expect(await outboxRows(db, space, 'local')).toEqual([{ ...written, dev, n: 1, at: 5 }])
  })

  it('may stand twice in the log by another’s hand, and is one person and one attendance on sheet and export', async () => {
    siti.net.state = 'down'
    await addWalkIns(siti, organizer, 2)
    const { file } = await makeFile(siti)
    siti.net.state = 'up'
    /** Its key was used by a copy in another event. */
    await renew(siti)
    await siti.sync()
    expect(await namesInLog('Peserta Contoh')).toHaveLength(2)
    await rahmat.rescue.send(await openFile(rahmat, file))
    expect(await namesInLog('Peserta Contoh')).toHaveLength(4)
    for (const device of [rahmat, siti, organizer.device]) await device.sync()
    await isFolded()
    const opened = await rahmat.open(space)
    await expect.poll(() => opened.people.value.size).toBe(2)
    const whole = { session: undefined, group: undefined, people: 'present', paper: 'F4', sort: 'name' } as const
    const input = toSheetInput(opened, { ...whole, blankRows: 0, phone: false }, false)
    if (!input) throw new Error('The event is not here')
    const sheets = buildSheets(input)
    expect(sheets.flatMap(({ rows }) => rows.map(({ name }) => name))).toEqual(['Peserta Contoh 1', 'Peserta Contoh 2'])
    expect(sheetsToCsv(sheets).match(/Peserta Contoh/g)).toHaveLength(2)
    expect(input.attendances).toHaveLength(2)
  })

  it('tries again what was parked under the old one, and an organizer who lets that in doubles nothing', async () => {
    const opened = await siti.open(space)
    await opened.commit([setEvent(space, { venue: 'Balai Contoh' })])
    await siti.sync()
    const before = siti.identity.device().dev
    await renew(siti)
    await retryParked(siti.db, space)
    await server.store().putGrant({
      ...{ space, subject: `device:${siti.identity.device().dev}`, role: 'organizer' },
      ...{ createdAt: Date.now(), revokedAt: null },
    })
    await siti.sync()
    expect(await namesInLog('Balai Contoh')).toHaveLength(1)
    const governing = createGoverning(organizer.device.link)
    const parked = await governing.parked(space, before)
    if (!parked.ok) throw new Error(parked.failure.kind)
    expect(parked.value).toHaveLength(1)
    await governing.decide(space, before, parked.value, { decision: 'release', reason: 'Benar' })
    expect(await namesInLog('Balai Contoh')).toHaveLength(1)
    expect(await server.store().countParked(space)).toBe(0)
  })
})
