import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/server/auth/keys.ts'
import { damageOf } from '../../src/server/store/damage.ts'
import { everySpace, type Store } from '../../src/server/store/store.ts'
import { eachSharedStore, enrolTestDevice, historyEntry, type SharedStore } from '../support/stores.ts'

describe.each(eachSharedStore())('rights on %s', (_, open) => {
  let store: Store
  let storeOf: SharedStore['storeOf']
  beforeAll(async () => {
    ;({ store, storeOf } = await open())
  })

  test('a code serves one device', async () => {
    const invite = { space: newId(), role: 'viewer' as const, createdAt: 1, expiresAt: 100, dev: null }
    const codeHash = newId()
    await store.addInvite({ ...invite, codeHash })
    expect(await store.listOpenInvites(invite.space, 99)).toHaveLength(1)
    expect(await store.listOpenInvites(invite.space, 100)).toEqual([])
    const { space, role, createdAt } = invite
    const claim = (dev: string) =>
      store.claimInvite(codeHash, dev, { space, role, subject: `device:${dev}`, createdAt, revokedAt: null })
    const claims = await Promise.all(['one', 'two'].map(claim))
    expect(claims.sort()).toEqual([false, true])
    expect(await store.findGrants(['device:one', 'device:two'], space)).toHaveLength(1)
    expect(await store.listOpenInvites(invite.space, 99)).toEqual([])
  })

  test('grants belong to a device or to every device of an account; revoked ones count no more', async () => {
    const [space, account] = [newId(), newId()]
    const device = { point: 'p', name: 'Ponsel', holder: 'Uji', account, enrolledAt: 1, seenAt: 1 }
    for (const dev of ['a', 'b']) await store.putDevice({ ...device, dev: dev + space, credential: dev + space })
    const grant = { createdAt: 1, revokedAt: null }
    await store.putGrant({ ...grant, space, subject: `account:${account}`, role: 'viewer' })
    await store.putGrant({ ...grant, space, subject: `device:a${space}`, role: 'facilitator' })
    await store.putGrant({ ...grant, space: everySpace, subject: `device:b${space}`, role: 'organizer', revokedAt: 2 })
    const members = (await store.listMembers(space)).map(({ device: { dev }, role }) => `${dev.charAt(0)} ${role}`)
    expect(members.sort()).toEqual(['a facilitator', 'a viewer', 'b viewer'])
    const held = async (names: ('a' | 'b' | 'account')[], where = space) =>
      (
        await store.findGrants(
          names.map((name) =>
            name === 'account' ? (`account:${account}` as const) : (`device:${name}${space}` as const),
          ),
          where,
        )
      )
        .map(({ role }) => role)
        .sort()
    expect(await held(['a', 'account'])).toEqual(['facilitator', 'viewer'])
    expect(await held(['account', 'b'])).toEqual(['organizer', 'viewer'])
    expect(await held(['b', 'a', 'account'])).toEqual(['facilitator', 'organizer', 'viewer'])
    expect(await held(['a', 'account'], newId())).toEqual([])
    await store.copyGrants(`device:a${space}`, `device:c${space}`)
    expect(await store.findGrants([`device:c${space}`], space)).toMatchObject([{ space, role: 'facilitator' }])
    /**
     * [S11] A revoked device that takes a new key is not a stranger: what it made before still goes into quarantine.
     */
    await store.copyGrants(`device:b${space}`, `device:d${space}`)
    expect(await store.findGrants([`device:d${space}`])).toMatchObject([{ space: everySpace, revokedAt: 2 }])
    expect(await store.hasOrganizer()).toBe(false)
  })

  test('a revocation of a device and what it said of itself outlast its enrolment', async () => {
    const dev = await enrolTestDevice(store)
    expect(await store.findDevice(dev)).toMatchObject({ revokedAt: null, unsent: null })
    await store.markUnsent(dev, 7)
    await store.renameDevice(dev, 'Ponsel kecamatan')
    expect(await store.revokeDevice(dev, 50, historyEntry({ kind: 'deviceRevoked', about: `device:${dev}` }))).toBe(
      'done',
    )
    expect(await store.revokeDevice(dev, 60, historyEntry({ kind: 'deviceRevoked' }))).toBe('none')
    await store.passOnRevocation(dev, 60)
    expect(await store.findDevice(dev)).toMatchObject({ name: 'Ponsel kecamatan', revokedAt: 50, unsent: 7 })
    await enrolTestDevice(store, dev)
    expect(await store.findDevice(dev)).toMatchObject({ name: 'Ponsel', revokedAt: 50, unsent: 7 })
    expect(await store.audit.read({ about: `device:${dev}`, most: 9 })).toHaveLength(1)
  })

  test('what many devices say of themselves at once is kept of each, and of one his last word', async () => {
    const [one, two, three] = [await enrolTestDevice(store), await enrolTestDevice(store), await enrolTestDevice(store)]
    const said = [
      store.markUnsent(one, 4),
      store.markSeen(two, 900),
      store.markUnsent(three, 4),
      store.markUnsent(two, 2),
    ]
    await Promise.all([...said, store.markUnsent(one, 0), store.markSeen(three, 901)])
    const found = await Promise.all([one, two, three].map((dev) => store.findDevice(dev)))
    expect(found.map((device) => device?.unsent)).toEqual([0, 2, 4])
    expect(found.slice(1).map((device) => device?.seenAt)).toEqual([901, 901])
    expect(found[0]?.seenAt).toBeLessThan(900)
  })

  test('a right is given, changed and ended with its line in the history, or not at all', async () => {
    const space = newId()
    const subject = `device:${await enrolTestDevice(store)}` as const
    const change = (role: 'viewer' | 'facilitator' | null, now: number) =>
      store.changeRight(
        { space, subject, role, now },
        historyEntry({ kind: 'granted', space, at: now, about: subject }),
      )
    expect(await change('facilitator', 1)).toBe('done')
    expect(await change('viewer', 2)).toBe('done')
    const standing = async () =>
      (await store.findGrants([subject], space)).filter(({ revokedAt }) => revokedAt === null)
    expect((await standing()).map(({ role }) => role)).toEqual(['viewer'])
    expect((await store.listMembers(space)).map(({ role, since }) => [role, since])).toContainEqual(['viewer', 2])
    expect(await change(null, 3)).toBe('done')
    expect(await change(null, 4)).toBe('none')
    expect(await standing()).toEqual([])
    expect((await store.audit.read({ space, most: 9 })).map(({ at }) => at)).toEqual([3, 2, 1])
  })

  test('two organizers who remove each other at once leave one', async () => {
    const devices = [await enrolTestDevice(store), await enrolTestDevice(store)]
    const subjects = devices.map((dev) => `device:${dev}` as const)
    for (const subject of subjects)
      await store.putGrant({ space: '*', subject, role: 'organizer', createdAt: 1, revokedAt: null })
    const end = (subject: (typeof subjects)[number], i: number) =>
      storeOf(i).changeRight(
        { space: '*', subject, role: null, now: 9 },
        historyEntry({ kind: 'grantEnded', about: subject }),
      )
    expect((await Promise.all(subjects.map(end))).sort()).toEqual(['done', 'lastOrganizer'])
    expect(await store.hasOrganizer()).toBe(true)
    const last = (await store.listMembers('*')).map(({ device }) => device.dev)
    expect(last).toHaveLength(1)
    expect(await store.revokeDevice(last[0] ?? '', 9, historyEntry({ kind: 'deviceRevoked' }))).toBe('lastOrganizer')
    expect(await store.findDevice(last[0] ?? '')).toMatchObject({ revokedAt: null })
  })

  test('a server that was set up and has lost its organizers is not taken for a new one', async () => {
    const { store: own, run } = await open()
    expect(await own.hasOrganizer()).toBe(false)
    const subject = 'account:first' as const
    await own.putGrant({ space: everySpace, subject, role: 'organizer', createdAt: 1, revokedAt: null })
    await own.audit.note(historyEntry({ kind: 'setUp', about: subject }))
    expect(await own.hasOrganizer()).toBe(true)
    await run('delete from grants')
    await expect(own.hasOrganizer()).rejects.toSatisfy((error) => damageOf(error) !== undefined)
  })

  test('an invitation ends before it is used, and not after', async () => {
    const [space, codeHash] = [newId(), newId()]
    await store.addInvite({ codeHash, space, role: 'viewer', createdAt: 1, expiresAt: 100, dev: null })
    expect(await store.endInvite(codeHash, 50)).toBe(true)
    expect(await store.endInvite(codeHash, 51)).toBe(false)
    expect(await store.listOpenInvites(space, 50)).toEqual([])
    const used = newId()
    await store.addInvite({ codeHash: used, space, role: 'viewer', createdAt: 1, expiresAt: 100, dev: null })
    const grant = { space, role: 'viewer' as const, subject: 'device:D' as const, createdAt: 1, revokedAt: null }
    await store.claimInvite(used, 'D', grant)
    expect(await store.endInvite(used, 50)).toBe(false)
  })

  test('a secret is made once, also by several servers at once', async () => {
    const name = newId()
    const kept = await Promise.all(['one', 'two', 'three'].map((made, i) => storeOf(i).keepSecret(name, made)))
    expect(new Set(kept).size).toBe(1)
    expect(await store.keepSecret(name, 'four')).toBe(kept[0])
  })
})
