import { useState } from 'preact/hooks'
import type { Zone } from '../../../../core/time.ts'
import { failureWords } from '../../parts/failureWords.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'
import { AttendeeDevices } from './DeviceItem.tsx'
import { Done } from './Done.tsx'
import { Invite } from './Invite.tsx'
import { Members } from './Members.tsx'
import { OpenInvites } from './OpenInvites.tsx'
import { RevokedDevices } from './RevokedDevices.tsx'
import { useTeam } from './useTeam.ts'

/**
 * The team of an event, or with `*` of the organization. The server knows it, this device does not: a failure says why it
 * is not shown, or not as of now.
 */
export function TeamOf({ space, title, zone }: { space: string; title: string; zone: Zone }) {
  const t = useWords('team')
  const { team, failure, load } = useTeam(space)
  const [done, setDone] = useState<{ said: string } | undefined>(undefined)
  function changed(said: string): void {
    setDone({ said })
    void load()
  }
  return (
    <div class="team">
      <div class="stack">
        <Invite space={space} title={title} zone={zone} onInvited={load} />
        {team && <OpenInvites space={space} zone={zone} invites={team.openInvites} onChanged={changed} />}
      </div>
      <section class="stack">
        <h2>{t('members')}</h2>
        <Done done={done} />
        {!team && !failure && <p role="status">{t('loading')}</p>}
        {failure && (
          <Notice kind="warn">
            <p>{failureWords(t, failure)}</p>
            <button type="button" onClick={load}>
              {t('tryAgain')}
            </button>
          </Notice>
        )}
        {team && team.parked > 0 && (
          <Notice kind="warn">
            <p>{t('parked', { count: team.parked })}</p>
            <a href={`/kegiatan/${space}/karantina`}>{t('toQuarantine')}</a>
          </Notice>
        )}
        {team && team.full > 0 && (
          <Notice kind="warn">
            <p>{t('full', { count: team.full })}</p>
          </Notice>
        )}
        {team && <Members space={space} members={team.members} onChanged={changed} />}
        {team && <RevokedDevices space={space} devices={team.revoked} />}
        {team && <AttendeeDevices space={space} count={team.attendeeDevices} onChanged={changed} />}
      </section>
    </div>
  )
}
