import type { EventRecord, SessionRecord } from '../../../../core/event.ts'
import { countInstitutions } from '../../../../core/statistics.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { eventPath } from '../../useSession.ts'
import { useWords } from '../../words.ts'

const shown = 8

/** The largest institutions: how many of theirs came, in words and as a bar. */
export function InstitutionBars(props: { space: OpenSpace; event: EventRecord; session: SessionRecord }) {
  const t = useWords('eventHome')
  const { space, event, session } = props
  const counts = countInstitutions(space.people.value, space.attendance.value.get(session.id))
  const named = counts.filter(({ institution }) => institution !== '')
  const largest = named[0]?.people ?? 1
  const percent = (count: number) => (100 * count) / largest
  if (named.length === 0) return null
  return (
    <section class="stack" aria-labelledby="institutions">
      <h2 id="institutions">{t('institutions', { word: event.institutionWord })}</h2>
      <ul class="bars">
        {named.slice(0, shown).map(({ institution, people, present }) => (
          <li key={institution}>
            <a class="bar-row" href={eventPath(space.id, 'peserta', { sesi: session.id, instansi: institution })}>
              <span class="bar-words">
                <span>{institution}</span>
                <span>{t('presentOfPeople', { present, people })}</span>
              </span>
              <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                <rect class="bar-all" width={percent(people)} height="4" />
                <rect class="bar-present" width={percent(present)} height="4" />
              </svg>
            </a>
          </li>
        ))}
      </ul>
      {named.length > shown && (
        <a href={eventPath(space.id, 'peserta', { sesi: session.id })}>
          {t('moreInstitutions', { count: named.length - shown })}
        </a>
      )}
    </section>
  )
}
