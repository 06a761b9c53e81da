import { dayAt, formatTime, type Zone } from '../../../../core/time.ts'
import { shortDayWords } from '../../dates.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useLanguage, useWords } from '../../words.ts'
import { useAsking } from './useAsking.ts'
import type { Team } from './useTeam.ts'

/** Codes that nobody has used yet; one that went to the wrong person is ended here. */
export function OpenInvites(props: {
  space: string
  zone: Zone
  invites: Team['openInvites']
  onChanged: (said: string) => void
}) {
  const t = useWords('team')
  const language = useLanguage()
  const { busy, error, ask } = useAsking(t)
  /** On the server's clock and in the event's zone, as the code itself says it. */
  const moment = (at: number) => `${shortDayWords(dayAt(at, props.zone), language)} ${formatTime(at, props.zone)}`
  async function end(id: string): Promise<void> {
    if (await ask((governing) => governing.endInvite(props.space, id))) props.onChanged(t('inviteEnded'))
  }
  return (
    <>
      <p class="soft">{t('openInvites', { count: props.invites.length })}</p>
      {error && <Notice kind="danger">{error}</Notice>}
      <ul class="rows">
        {props.invites.map(({ id, role, createdAt, expiresAt }) => (
          <li key={id} class="member">
            <span class="tag">{t(`grant.${role}`)}</span>
            <span class="soft">
              {t('inviteFrom', {
                made: moment(createdAt),
                until: moment(expiresAt),
              })}
            </span>
            <button type="button" onClick={() => end(id)} aria-disabled={busy}>
              {t('endInvite')}
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
