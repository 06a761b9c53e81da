import { useCallback, useEffect, useState } from 'preact/hooks'
import type { EventRecord } from '../../../../core/event.ts'
import type { Account } from '../../../sync/account.ts'
import { useApp } from '../../app.ts'
import { failureWords } from '../../parts/failureWords.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'
import { Invite } from './Invite.tsx'
import { Members } from './Members.tsx'

type TeamAnswer = Awaited<ReturnType<Account['team']>>

/** The server knows the team, this device does not: it is asked anew each time, and a failure says why it is not shown. */
export function TeamOf({ space, event }: { space: string; event: EventRecord }) {
  const t = useWords('team')
  const { account } = useApp()
  const [team, setTeam] = useState<TeamAnswer | undefined>(undefined)
  const load = useCallback(async () => setTeam(await account.team(space)), [account, space])
  useEffect(() => {
    void load()
  }, [load])
  return (
    <div class="team">
      <Invite space={space} title={event.title} zone={event.zone} onInvited={load} />
      <section class="stack">
        <h2>{t('members')}</h2>
        {!team && <p role="status">{t('loading')}</p>}
        {team && !team.ok && (
          <Notice kind="warn">
            <p>{failureWords(t, team.failure)}</p>
            <button type="button" onClick={load}>
              {t('tryAgain')}
            </button>
          </Notice>
        )}
        {team?.ok && <Members members={team.value.members} openInvites={team.value.openInvites.length} />}
      </section>
    </div>
  )
}
