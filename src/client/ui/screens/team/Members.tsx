import { useApp } from '../../app.ts'
import { ageParts } from '../../status/age.ts'
import { useNow } from '../../status/StatusLine.tsx'
import { useWords } from '../../words.ts'
import type { Team } from './useTeam.ts'

/** Every device that holds the event, the one seen last on top. */
export function Members({ members, openInvites }: { members: Team['members']; openInvites: number }) {
  const t = useWords('team')
  const { clockOffsetMs } = useApp()
  const now = useNow() + clockOffsetMs()
  function lastSeen(at: number): string {
    const { unit, count } = ageParts(now - at)
    return unit === 'now' ? t('seenNow') : t('seen', { age: t(`age.${unit}`, { count }) })
  }
  return (
    <>
      <p class="soft">{t('openInvites', { count: openInvites })}</p>
      <ul class="rows">
        {[...members]
          .sort((a, b) => b.lastSeenAt - a.lastSeenAt)
          .map((member) => (
            <li key={member.dev} class="member">
              <strong>{member.holder}</strong>
              <span class="tag">{t(`grant.${member.role}`)}</span>
              <span class="soft">
                {member.deviceName} · {lastSeen(member.lastSeenAt)}
              </span>
            </li>
          ))}
      </ul>
    </>
  )
}
