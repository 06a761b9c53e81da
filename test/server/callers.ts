import { expect } from 'vitest'
import { type SpaceRole, spaceRoles } from '../../src/core/access.ts'
import type { Change } from '../../src/core/op.ts'
import { newId } from '../../src/server/auth/keys.ts'
import { everySpace, type Grant } from '../../src/server/store/store.ts'
import { enrol, makeBody, makePush, makeServer, openOrganizer } from '../support/server.ts'
import type { Caller } from '../support/teamSite.ts'

export type CallerKind =
  /** Signed in, and an organizer of every event; an auditor of every event. */
  | 'organization'
  | 'auditor'
  | SpaceRole
  /** Was that in the event: the grant was taken, ran out, or went with the whole device. */
  | `${SpaceRole} ${'revoked' | 'expired' | 'lost'}`
  /** Has a device and was never anything here that still counts ([S11]). */
  | 'stranger'
  | 'nobody'
export const callerKinds: CallerKind[] = [
  ...(['organization', 'auditor', ...spaceRoles] as const),
  ...spaceRoles.flatMap((role) => [`${role} revoked`, `${role} expired`, `${role} lost`] as const),
  ...(['stranger', 'nobody'] as const),
]
/** What a caller is in his event, and whether he only was. */
export const roleOf = (kind: CallerKind) => spaceRoles.find((role) => kind.startsWith(role))
export const isFormer = (kind: CallerKind) => kind.includes(' ')

let nextN = 1
/** A push of one op with the next number: a check-in, unless other changes are given. */
export function makeNextPush({ device }: Pick<Caller, 'device'>, space: string, changes?: Change[]) {
  return makePush(device, space, [[nextN++, 1000, 1000, makeBody(changes)]]).request
}

/** A server with two events, and one caller of each kind, who is that in `space`; `elsewhere` is the organization's. */
export async function openCallers() {
  const [space, elsewhere] = [newId(), newId()]
  const server = await makeServer()
  const organization = await openOrganizer(server)
  const callers = new Map<CallerKind, Caller>([
    ['organization', organization],
    ['nobody', { browser: server.openBrowser(), device: organization.device }],
  ])
  for (const id of [space, elsewhere])
    await organization.browser.post(`/api/v1/spaces/${id}/push`, makeNextPush(organization, id))

  /** Whoever comes in by a code of the team or of the gate, and is that in the event. */
  async function makeMember(role: SpaceRole): Promise<Caller> {
    const [path, message] = role === 'attendee' ? ['gate', { open: newId(), close: null }] : ['invites', { role }]
    const given = await organization.browser.post(`/api/v1/spaces/${space}/${path}`, message)
    const browser = server.openBrowser()
    return { browser, device: await enrol(browser, (await given.json()).code) }
  }

  /** A member whose grant is another one now. */
  async function makeRegranted(role: SpaceRole, to: Partial<Grant>): Promise<Caller> {
    const member = await makeMember(role)
    const { store } = server.deps
    const [grant] = await store.findGrants([`device:${member.device.dev}`], space)
    if (grant) await store.putGrant({ ...grant, ...to })
    return member
  }

  async function makeLost(role: SpaceRole): Promise<Caller> {
    const member = await makeMember(role)
    const path = `/api/v1/spaces/${space}/devices/${member.device.dev}`
    const revoked = await organization.browser.post(path, { change: 'revoke', reason: 'Hilang' })
    expect(revoked.status).toBe(200)
    return member
  }

  const { now } = server.clock
  for (const role of spaceRoles) {
    callers.set(role, await makeMember(role))
    callers.set(`${role} revoked`, await makeRegranted(role, { revokedAt: now }))
    callers.set(`${role} expired`, await makeRegranted(role, { expiresAt: now }))
    callers.set(`${role} lost`, await makeLost(role))
  }
  callers.set('stranger', await makeRegranted('facilitator', { revokedAt: 1 }))
  callers.set('auditor', await makeRegranted('viewer', { space: everySpace }))

  function callerOf(kind: CallerKind): Caller {
    const caller = callers.get(kind)
    if (!caller) throw new Error(kind)
    return caller
  }
  return { server, space, elsewhere, callerOf }
}
