import type { Context } from 'hono'
import type { SpaceRole } from '../../core/access.ts'
import { invitedRoles, type TeamAnswer } from '../../protocol/invite.ts'
import { strongestRole } from '../auth/access.ts'
import type { Device, Member } from '../store/store.ts'
import { answer, refuse } from './answers.ts'
import { readGranted } from './caller.ts'
import type { Deps } from './deps.ts'

/** Each device once, with the strongest of its roles. */
function oncePerDevice(members: Member[]): Member[] {
  const byDev = new Map<string, { device: Device; roles: SpaceRole[] }>()
  for (const { device, role } of members) {
    byDev.set(device.dev, { device, roles: [...(byDev.get(device.dev)?.roles ?? []), role] })
  }
  return [...byDev.values()].flatMap(({ device, roles }) => {
    const role = strongestRole(roles)
    return role ? [{ device, role }] : []
  })
}

/** Who holds this space, which codes are still open, and how much is parked. */
export const team = (deps: Deps) => async (c: Context) => {
  const granted = await readGranted(c, deps, 'listTeam')
  if (!granted.ok) return refuse(c, granted.failure)
  const { space } = granted.value
  const members = oncePerDevice(await deps.store.listMembers(space))
  const open = await deps.store.listOpenInvites(space, deps.now())
  return answer<TeamAnswer>(c, {
    members: members.map(({ role, device: { dev, holder, name, enrolledAt, seenAt } }) => ({
      dev,
      holder,
      deviceName: name,
      role,
      enrolledAt,
      lastSeenAt: seenAt,
    })),
    openInvites: open.flatMap(({ role, expiresAt }) => {
      const invited = invitedRoles.find((known) => known === role)
      return invited ? [{ role: invited, expiresAt }] : []
    }),
    parked: await deps.store.countParked(space),
    full: await deps.store.countFull(space),
  })
}
