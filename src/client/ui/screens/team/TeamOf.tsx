import type { EventRecord } from '../../../../core/event.ts'
import { failureWords } from '../../parts/failureWords.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'
import { Invite } from './Invite.tsx'
import { Members } from './Members.tsx'
import { useTeam } from './useTeam.ts'

/** The server knows the team, this device does not: a failure says why it is not shown, or not as of now. */
export function TeamOf({ space, event }: { space: string; event: EventRecord }) {
  const t = useWords('team')
  const { team, failure, load } = useTeam(space)
  return (
    <div class="team">
      <Invite space={space} title={event.title} zone={event.zone} onInvited={load} />
      <section class="stack">
        <h2>{t('members')}</h2>
        {!team && !failure && <p role="status">{t('loading')}</p>}
        {failure && (
          <Notice kind="warn">
            <p>{failureWords(t, failure)}</p>
            <button type="button" onClick={load}>
              {t('tryAgain')}
            </button>
          </Notice>
        )}
        {team && team.full > 0 && (
          <Notice kind="warn">
            <p>{t('full', { count: team.full })}</p>
          </Notice>
        )}
        {team && <Members members={team.members} openInvites={team.openInvites.length} />}
      </section>
    </div>
  )
}
