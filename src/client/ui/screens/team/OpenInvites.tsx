import { useApp } from '../../app.ts'
import { localMoment } from '../../dates.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useLanguage, useWords } from '../../words.ts'
import { useAsking } from './useAsking.ts'
import type { Team } from './useTeam.ts'

/** Codes that nobody has used yet; one that went to the wrong person is ended here. */
export function OpenInvites(props: { space: string; invites: Team['openInvites']; onChanged: (said: string) => void }) {
  const t = useWords('team')
  const language = useLanguage()
  const { clockOffsetMs } = useApp()
  const { busy, error, ask } = useAsking(t)
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
                made: localMoment(createdAt - clockOffsetMs(), language),
                until: localMoment(expiresAt - clockOffsetMs(), language),
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
