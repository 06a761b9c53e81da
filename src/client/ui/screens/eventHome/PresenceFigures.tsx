import type { SessionRecord } from '../../../../core/event.ts'
import { countPresence } from '../../../../core/statistics.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { eventPath } from '../../useSession.ts'
import { useWords } from '../../words.ts'

/** How many came of how many were invited; every number leads to its list. */
export function PresenceFigures({ space, session }: { space: OpenSpace; session: SessionRecord }) {
  const t = useWords('eventHome')
  const counts = countPresence(space.people.value, space.attendance.value.get(session.id))
  const list = (hadir: string) => eventPath(space.id, 'peserta', { sesi: session.id, hadir })
  const parts = [
    { hadir: 'belum', word: 'absent', count: counts.invited - counts.invitedPresent },
    { hadir: 'mewakili', word: 'represented', count: counts.represented },
    { hadir: 'tambahan', word: 'walkIns', count: counts.walkIns },
  ].filter(({ count }) => count > 0)
  return (
    <section class="figures" aria-label={t('presence')}>
      <a class="figure" href={list('hadir')}>
        <span class="figure-number">{t('number', { count: counts.present })}</span>
        <span>{t('presentOf', { count: counts.invited })}</span>
      </a>
      <ul class="figure-parts">
        {parts.map(({ hadir, word, count }) => (
          <li key={hadir}>
            <a class="button" href={list(hadir)}>
              {t(word, { count })}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
