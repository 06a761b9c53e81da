import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/server/auth/keys.ts'
import type { Store } from '../../src/server/store/store.ts'
import { eachSharedStore, enrolTestDevice, type SharedStore } from '../support/stores.ts'

describe.each(eachSharedStore())('attendees on %s', (_, open) => {
  let store: Store
  let storeOf: SharedStore['storeOf']
  beforeAll(async () => {
    ;({ store, storeOf } = await open())
  })

  test('an attendee keeps the prefix that his grant had first, whatever is written later', async () => {
    const [space, dev] = [newId(), newId()]
    const grant = { space, subject: `device:${dev}` as const, role: 'attendee' as const, createdAt: 1, revokedAt: null }
    await store.putGrant({ ...grant, owner: 'AAAAAAAAAAA', expiresAt: 10 })
    await store.putGrant({ ...grant, owner: 'BBBBBBBBBBB', expiresAt: 20 })
    expect(await store.findGrants([grant.subject], space)).toMatchObject([{ owner: 'AAAAAAAAAAA', expiresAt: 20 }])
    await store.putGrant({ ...grant, revokedAt: 5 })
    expect(await store.findGrants([grant.subject], space)).toMatchObject([{ owner: 'AAAAAAAAAAA', revokedAt: 5 }])
    await store.putGrant({ ...grant, space: newId(), owner: 'AAAAAAAAAAA' })
    const [plain, owned] = [newId(), newId()].map((other) => ({ ...grant, subject: `device:${other}` as const }))
    if (!plain || !owned) throw new Error('no grants')
    await store.putGrant(plain)
    await store.putGrant({ ...plain, owner: 'CCCCCCCCCCC' })
    await store.putGrant({ ...owned, owner: 'DDDDDDDDDDD' })
    expect(await store.listOwned(space, 'CCCCCCCCCCC')).toEqual([plain.subject])
  })

  test('[S8] an attendee`s devices are all found by his prefix, in this space and no other', async () => {
    const [space, one, two] = [newId(), newId(), newId()]
    const grant = { role: 'attendee' as const, createdAt: 1, revokedAt: null, owner: newId().slice(0, 11) }
    await store.putGrant({ ...grant, space, subject: `device:${one}` })
    await store.putGrant({ ...grant, space: newId(), subject: `device:${newId()}` })
    await store.copyGrants(`device:${one}`, `device:${two}`)
    expect((await store.listOwned(space, grant.owner)).sort()).toEqual([`device:${one}`, `device:${two}`].sort())
    expect(await store.listOwned(space, newId().slice(0, 11))).toEqual([])
    expect(await store.listMembers(space)).toEqual([])
  })

  test('a gate lets in until it is closed, and opens again under the same code', async () => {
    const [space, codeHash] = [newId(), newId()]
    const gate = { codeHash, space, gate: newId(), createdAt: 1, closedAt: null }
    expect(await store.findGate(codeHash)).toBeUndefined()
    await store.openGate(gate)
    await store.openGate({ ...gate, createdAt: 9 })
    expect(await store.findGate(codeHash)).toEqual(gate)
    await store.closeGate(newId(), codeHash, 5)
    expect(await store.findGate(codeHash)).toEqual(gate)
    await store.closeGate(space, codeHash, 5)
    expect(await store.findGate(codeHash)).toEqual({ ...gate, closedAt: 5 })
    await store.openGate({ ...gate, createdAt: 9 })
    expect(await store.findGate(codeHash)).toEqual(gate)
  })

  test('a ticket is given to a person once per form, and again only for the same ballot', async () => {
    const ticket = { space: newId(), form: newId(), person: newId(), blinded: 'A' }
    const claims = ['A', 'B'].map((blinded, i) => storeOf(i).claimTicket({ ...ticket, blinded }))
    const given = await Promise.all(claims)
    expect([...given].sort()).toEqual([false, true])
    const first = given[0] ? 'A' : 'B'
    expect(await store.claimTicket({ ...ticket, blinded: first })).toBe(true)
    expect(await store.claimTicket({ ...ticket, blinded: 'C' })).toBe(false)
    for (const other of [{ form: newId() }, { person: newId() }, { space: newId() }])
      expect(await store.claimTicket({ ...ticket, ...other, blinded: 'C' })).toBe(true)
    expect(await store.listTicketed(ticket.space, ticket.form)).toHaveLength(2)
    expect(await store.listTicketed(ticket.space, newId())).toEqual([])
  })

  test('ballots wait in the order of chance, each once, until they are dropped', async () => {
    const [space, form] = [newId(), newId()]
    const ballot = (nonce: string, body = `{"jawaban":"${nonce} 😀"}`) => ({ space, form, nonce, day: 3, body })
    for (const nonce of ['c', 'a', 'b']) await store.keepBallot(ballot(nonce))
    await store.keepBallot(ballot('a', 'lain'))
    const other = { ...ballot('z'), form: newId() }
    await store.keepBallot(other)
    expect(await store.listBallots(space, form)).toEqual(['a', 'b', 'c'].map((nonce) => ballot(nonce)))
    const waiting = (await store.listBallotForms()).filter((one) => one.space === space)
    expect(waiting.map((one) => one.form).sort()).toEqual([form, other.form].sort())
    await store.dropBallots(space, form, ['a', 'c', 'z'])
    expect(await store.listBallots(space, form)).toEqual([ballot('b')])
    expect(await store.listBallots(space, other.form)).toEqual([other])
  })

  test("attendees' devices are counted, and listed some at a time", async () => {
    const space = newId()
    for (const enrolledAt of [1, 2, 3]) {
      const dev = await enrolTestDevice(store, newId(), enrolledAt)
      await store.putGrant({ space, subject: `device:${dev}`, role: 'attendee', createdAt: 1, revokedAt: null })
    }
    expect(await store.countAttendees(space)).toBe(3)
    const enrolled = async (before: number) =>
      (await store.listAttendees(space, { enrolledAt: before, dev: '' }, 2)).map((one) => one.enrolledAt)
    expect(await enrolled(99)).toEqual([3, 2])
    expect(await enrolled(2)).toEqual([1])
  })

  test("attendees' devices that came at one moment are each listed once", async () => {
    const space = newId()
    const devs = [newId(), newId(), newId(), newId(), newId()]
    for (const dev of devs) {
      await enrolTestDevice(store, dev, 7)
      await store.putGrant({ space, subject: `device:${dev}`, role: 'attendee', createdAt: 1, revokedAt: null })
    }
    const listed: string[] = []
    let behind = { enrolledAt: 99, dev: '' }
    for (;;) {
      const found = await store.listAttendees(space, behind, 2)
      listed.push(...found.map(({ dev }) => dev))
      const last = found.at(-1)
      if (!last) break
      behind = last
    }
    expect(listed.toSorted()).toEqual(devs.toSorted())
  })
})
