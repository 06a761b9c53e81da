import type { Context } from 'hono'
import { dayMs } from '../../core/time.ts'
import { invitedRoles, type TeamAnswer } from '../../protocol/invite.ts'
import { strongestRole } from '../auth/access.ts'
import { inviteId } from '../auth/codes.ts'
import { everySpace, type Member } from '../store/store.ts'
import { answer, refuse } from './answers.ts'
import type { Deps } from './deps.ts'
import { readGoverned } from './governed.ts'

/** For how long a revoked device is still told of after it has handed over what it had. */
const shownMs = 30 * dayMs

/** Each device once, by the strongest of its roles; of two grants of the same, by the event's own. */
function oncePerDevice(members: Member[]): Member[] {
  const byDev = new Map<string, Member>()
  for (const member of members) {
    const held = byDev.get(member.device.dev)
    const isNearer =
      held?.role === member.role
        ? !member.everywhere
        : strongestRole([held?.role ?? 'attendee', member.role]) === member.role
    if (isNearer) byDev.set(member.device.dev, member)
  }
  return [...byDev.values()]
}

/** Who holds this space, or with `*` all of them, which codes are still open, and how much is parked. */
export const team = (deps: Deps) => async (c: Context) => {
  const governed = await readGoverned(c, deps, 'listTeam')
  if (!governed.ok) return refuse(c, governed.failure)
  const { space } = governed.value
  const members = oncePerDevice(await deps.store.listMembers(space))
  const revoked = await deps.store.listRevoked(space, deps.now() - shownMs)
  const open = await deps.store.listOpenInvites(space, deps.now())
  return answer<TeamAnswer>(c, {
    members: members.map(
      ({ role, subject, since, everywhere, device: { dev, holder, name, enrolledAt, seenAt, unsent } }) => ({
        ...{ subject, dev, holder, deviceName: name, role, everywhere: everywhere && space !== everySpace },
        ...{ since, enrolledAt, lastSeenAt: seenAt, unsent },
      }),
    ),
    revoked: revoked.map(({ dev, holder, name, revokedAt, signedOutAt, seenAt, unsent }) => ({
      ...{ dev, holder, deviceName: name, lastSeenAt: seenAt, unsent },
      revokedAt: revokedAt ?? 0,
      handedOver: (signedOutAt ?? 0) >= (revokedAt ?? 0),
    })),
    openInvites: open.flatMap(({ role, codeHash, createdAt, expiresAt }) => {
      const invited = invitedRoles.find((known) => known === role)
      return invited ? [{ id: inviteId(codeHash), role: invited, createdAt, expiresAt }] : []
    }),
    attendeeDevices: await deps.store.countAttendees(space),
    parked: await deps.store.countParked(space),
    full: await deps.store.countFull(space),
  })
}
