import { deflateRawSync, inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { carriedNames, releaseCarried } from '../../src/client/db/carried.ts'
import { forgetAll } from '../../src/client/db/forget.ts'
import { countUnsent } from '../../src/client/db/outbox.ts'
import { sentAbove } from '../../src/client/db/sent.ts'
import type { FoundReceipt, ReceiptReading } from '../../src/client/sync/receipts.ts'
import { fromBase45, toBase45 } from '../../src/core/base45.ts'
import { createCollector } from '../../src/core/frames.ts'
import { decodeReceipt, encodeReceipt, readReceiptCode, receiptCodes, type SealedOp } from '../../src/core/receipt.ts'
import { importRescue } from '../../src/server/rescue.ts'
import { receiptsOf, signInOffline as signIn } from './guest.ts'
import { createDevice, createTeam, type Device, openGate, type Server, serverState } from './world.ts'

let server: Server
let space: string
let session: string
let code: string
let facilitator: Device
let stop: () => Promise<void>

beforeAll(async () => {
  const team = await createTeam()
  ;({ server, space, session, stop } = team)
  facilitator = team.siti
  code = await openGate(team.organizer.device, space)
})
afterAll(() => stop())

const signInOffline = (name: string, ink?: string) => signIn(server, code, name, ink)

async function codesOf(phone: Device) {
  const made = await receiptsOf(phone).make(space)
  if (!made.ok) throw new Error(made.failure.kind)
  return made.value
}

function whole(reading: ReceiptReading): FoundReceipt {
  if (reading.state !== 'whole') throw new Error(JSON.stringify(reading))
  return reading.receipt
}

/** The facilitator's phone without a network takes what the attendee's shows. */
async function scan(phone: Device): Promise<FoundReceipt> {
  facilitator.net.state = 'down'
  const receipt = whole(await receiptsOf(facilitator).read((await codesOf(phone)).code(0)))
  await receiptsOf(facilitator).take(receipt)
  return receipt
}

const present = (opened: Awaited<ReturnType<Device['open']>>, name: string) =>
  [...opened.people.value.values()].filter((person) => {
    return person.name === name && opened.attendance.value.get(session)?.has(person.id)
  }).length

async function serverCount(name: string): Promise<number> {
  return (await serverState(server, space)).split(`"${name}"`).length - 1
}

describe('[S13] a receipt from a phone without a network to one without a network', () => {
  test.each(['the carrier', 'the author'])('is on the list at once, and arrives once when %s is first', async (who) => {
    const name = `Peserta dibawa ${who}`
    const opened = await facilitator.open(space)
    const phone = await signInOffline(name)
    const receipt = await scan(phone)
    expect(receipt.isCertified).toBe(true)
    await expect.poll(() => present(opened, name)).toBe(1)
    expect(await countUnsent(facilitator.db)).toBe(1)
    await expect.poll(() => opened.unsent.value.count).toBe(1)
    await receiptsOf(facilitator).take(receipt)
    expect(await facilitator.db.carried.count()).toBe(1)

    const order = who === 'the carrier' ? [facilitator, phone] : [phone, facilitator]
    for (const device of order) {
      device.net.state = 'up'
      await device.sync()
      expect(await serverCount(name)).toBe(1)
    }
    await expect.poll(() => opened.unsent.value.count).toBe(0)
    expect(await facilitator.db.carried.count()).toBe(0)
    expect(present(opened, name)).toBe(1)
    expect(await facilitator.state(space)).toBe(await serverState(server, space))
    expect(await sentAbove(phone.db, space, 0)).toHaveLength(1)
    expect(await phone.db.outbox.count()).toBe(0)
  })

  test.each(['receipt', 'rescue file', 'rescue file at the server'] as const)(
    '[S7] reaches a server that was restored to before its author came, as a %s',
    async (way) => {
      const name = `Peserta setelah cadangan, ${way}`
      const copy = await server.backup()
      facilitator.net.state = 'up'
      const phone = await signInOffline(name)
      if (way === 'receipt') await scan(phone)
      const file = new Blob([(await phone.rescue.make())?.text ?? ''])
      if (way === 'rescue file') await facilitator.rescue.read(file)
      await server.restore(copy)
      facilitator.net.state = 'up'
      if (way === 'rescue file at the server') {
        const parts = { store: server.store(), now: Date.now }
        expect(await importRescue(parts, await file.text())).toMatchObject({ ok: true })
      } else await facilitator.sync()
      expect(await serverCount(name)).toBe(1)
      phone.net.state = 'up'
      await phone.sync()
      expect(await sentAbove(phone.db, space, 0)).toHaveLength(1)
      expect(await serverCount(name)).toBe(1)
    },
  )

  test('is made again from what was sent long ago, and is the same op', async () => {
    const phone = await signInOffline('Peserta Lama')
    phone.net.state = 'up'
    await phone.sync()
    const before = await serverState(server, space)
    await scan(phone)
    await expect.poll(async () => present(await facilitator.open(space), 'Peserta Lama')).toBe(1)
    facilitator.net.state = 'up'
    await facilitator.sync()
    expect(await serverState(server, space)).toBe(before)
    expect(await facilitator.db.carried.count()).toBe(0)
  })

  test('with more ink than one code holds comes as a sequence, of which any frames will do', async () => {
    const noise = Array.from(
      { length: 1400 },
      (_, i) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[Math.floor(Math.abs(Math.sin(i * 12.9898) * 43758.5453)) % 26],
    )
    const codes = await codesOf(await signInOffline('Peserta Bertinta', noise.join('')))
    expect(codes.count).toBeGreaterThan(2)
    const receipts = receiptsOf(facilitator)
    let last: ReceiptReading | undefined
    for (let frame = 1; last?.state !== 'whole' && frame < 40; frame += 2) last = await receipts.read(codes.code(frame))
    expect(last?.state).toBe('whole')
  })

  test('is taken before the server`s key is known, and said to be unchecked', async () => {
    const codes = await codesOf(await signInOffline('Peserta Awal'))
    const before = receiptsOf(facilitator, '')
    expect(whole(await before.read(codes.code(0))).isCertified).toBe(false)
  })

  test('of a device that this server did not vouch for is refused', async () => {
    const stranger = await signInOffline('Peserta Gelap')
    const row = await stranger.db.spaces.get(space)
    const forged = row?.attendee && { ...row.attendee, certificate: row.attendee.certificate.replace(/^../, 'AA') }
    await stranger.db.spaces.update(space, { ...(forged && { attendee: forged }) })
    const text = (await codesOf(stranger)).code(0)
    expect(await receiptsOf(facilitator).read(text)).toEqual({ state: 'refused', why: 'forged' })
    const another = await createDevice(server, 'Lain')
    expect(await receiptsOf(facilitator, another.identity.device().publicKey).read(text)).toMatchObject({
      why: 'forged',
    })
  })

  test('with a change that no attendee may make is refused', async () => {
    const phone = await signInOffline('Peserta Nakal')
    const opened = await phone.open(space)
    await opened.commit([{ type: 'set', kind: 'person', id: opened.newId(), fields: { name: 'Orang Lain' } }])
    expect(await receiptsOf(facilitator).read((await codesOf(phone)).code(0))).toEqual({
      state: 'refused',
      why: 'notAllowed',
    })
  })

  test('with a word in it that its author did not seal is refused, however well it is packed', async () => {
    const text = (await codesOf(await signInOffline('Peserta Tersegel'))).code(0)
    const frame = createCollector()(readReceiptCode(text) ?? new Uint8Array())
    const inflate = (bytes: Uint8Array) => new Uint8Array(inflateRawSync(bytes))
    const receipt = frame?.state === 'whole' ? decodeReceipt(frame.message, inflate) : undefined
    if (!receipt) throw new Error('not read')
    const ops = receipt.ops.map(([n, wall, at, body]): SealedOp => {
      return [n, wall, at, body.replace('Peserta Tersegel', 'Peserta Terganti')]
    })
    const altered = encodeReceipt({ ...receipt, ops }, (bytes) => new Uint8Array(deflateRawSync(bytes)))
    const forged = receiptCodes(altered)?.code(0) ?? ''
    expect(await receiptsOf(facilitator).read(forged)).toEqual({ state: 'refused', why: 'forged' })
  })

  test('that was altered anywhere is never taken', async () => {
    const text = (await codesOf(await signInOffline('Peserta Asli'))).code(0)
    const bytes = fromBase45(text.slice(4, -1)) ?? new Uint8Array()
    const receipts = receiptsOf(facilitator)
    const original = whole(await receipts.read(text))
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const altered = bytes.slice()
        altered[at] = (altered[at] ?? 0) ^ flip
        const reading = await receipts.read(`HR1:${toBase45(altered)}.`)
        /** The number of a frame says nothing where there is one. */
        if (reading.state === 'whole') expect(reading.receipt).toEqual(original)
      }),
      { numRuns: 60 },
    )
  })

  test('of an author whom the server has sent away leaves the list again and waits for a look', async () => {
    const phone = await signInOffline('Peserta Dicabut')
    const opened = await facilitator.open(space)
    await scan(phone)
    await expect.poll(() => present(opened, 'Peserta Dicabut')).toBe(1)
    const subject = `device:${phone.identity.device().dev}` as const
    const [grant] = await server.store().findGrants([subject], space)
    if (grant) await server.store().putGrant({ ...grant, revokedAt: Date.now() })
    facilitator.net.state = 'up'
    await facilitator.sync()
    await expect.poll(() => present(opened, 'Peserta Dicabut')).toBe(0)
    expect(await carriedNames(facilitator.db, space, 'refused')).toHaveLength(1)
    expect(await countUnsent(facilitator.db)).toBe(0)
  })

  test('waits while its carrier is sent away, and goes out when he is let in again', async () => {
    const phone = await signInOffline('Peserta Menunggu')
    const opened = await facilitator.open(space)
    const refused = await carriedNames(facilitator.db, space, 'refused')
    await scan(phone)
    const subject = `device:${facilitator.identity.device().dev}` as const
    const [grant] = await server.store().findGrants([subject], space)
    if (!grant) throw new Error('no grant')
    await server.store().putGrant({ ...grant, revokedAt: Date.now() })
    facilitator.net.state = 'up'
    await facilitator.sync()
    expect(await carriedNames(facilitator.db, space, 'refused')).toEqual(refused)
    expect(await carriedNames(facilitator.db, space)).toHaveLength(1)
    await expect.poll(() => present(opened, 'Peserta Menunggu')).toBe(1)
    await server.store().putGrant(grant)
    facilitator.engine.trigger('person')
    await facilitator.sync()
    expect(await serverCount('Peserta Menunggu')).toBe(1)
  })

  test('[S10] without a certificate, of an author whom a restored server lost, is here only until a person lets go', async () => {
    const before = (await carriedNames(facilitator.db, space, 'refused')).length
    const copy = await server.backup()
    const phone = await signInOffline('Peserta Terlupa')
    await scan(phone)
    /** As an older version of the app took it. */
    await facilitator.db.carried
      .filter(({ dev }) => dev === phone.identity.device().dev)
      .modify({ certificate: undefined })
    await server.restore(copy)
    facilitator.net.state = 'up'
    await facilitator.sync()
    expect(await carriedNames(facilitator.db, space, 'refused')).toHaveLength(before + 1)
    expect(await countUnsent(facilitator.db)).toBe(1)
    expect(await forgetAll(facilitator.db)).toBe(false)
    expect(await serverCount('Peserta Terlupa')).toBe(0)
    await releaseCarried(facilitator.db, space)
    expect(await countUnsent(facilitator.db)).toBe(0)
  })
})
