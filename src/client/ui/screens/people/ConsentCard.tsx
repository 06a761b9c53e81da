import { may } from '../../../../core/access.ts'
import type { EventRecord } from '../../../../core/event.ts'
import type { Person } from '../../../../core/person.ts'
import { dayAt, formatTime } from '../../../../core/time.ts'
import { changeConsents } from '../../../state/consents.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { dayWords } from '../../dates.ts'
import { SaveFailed } from '../../parts/SaveFailed.tsx'
import { useSaving } from '../../useSaving.ts'
import { useLanguage, useWords } from '../../words.ts'

/** What a person has freely agreed to and when; the team withdraws it for whoever asks, as the privacy notice promises. */
export function ConsentCard({ space, event, person }: { space: OpenSpace; event: EventRecord; person: Person }) {
  const t = useWords('people')
  const language = useLanguage()
  const { failure, busy, save } = useSaving()
  const consents = space.consents.value.get(person.id)
  if (!consents) return null
  const when = (at: number) => `${dayWords(dayAt(at, event.zone), language)}, ${formatTime(at, event.zone)}`
  return (
    <section class="card stack" aria-label={t('consents')}>
      <h3>{t('consents')}</h3>
      <ul class="stack">
        {[...consents].map(([kind, { given, at }]) => (
          <li class="stack" key={kind}>
            <p>{t(`consent.${kind}`)}</p>
            <p class="soft">{t(given ? 'agreed' : 'withdrawn', { time: when(at) })}</p>
            {may(space.role.value, 'checkIn') && (
              <button
                type="button"
                aria-disabled={busy}
                onClick={() => save(() => changeConsents(space, person.id, { [kind]: !given }))}
              >
                {t(given ? 'withdraw' : 'undoWithdrawal')}
              </button>
            )}
          </li>
        ))}
      </ul>
      <SaveFailed failure={failure} />
    </section>
  )
}
