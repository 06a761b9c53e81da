import { may } from '../../../../core/access.ts'
import type { EventRecord } from '../../../../core/event.ts'
import type { Hint } from '../../../../core/hints.ts'
import type { Person } from '../../../../core/person.ts'
import { formatTime } from '../../../../core/time.ts'
import { hintsOf, markReviewed, takeBackReview } from '../../../state/hints.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { findPerson } from '../../../state/people.ts'
import { Icon } from '../../parts/Icon.tsx'
import { SaveFailed } from '../../parts/SaveFailed.tsx'
import { useSaving } from '../../useSaving.ts'
import { eventPath } from '../../useSession.ts'
import { useWords } from '../../words.ts'

/**
 * What somebody of the team should look at, in plain words; and that somebody has. It accuses nobody and refuses
 * nothing.
 */
export function HintCard({ space, event, person }: { space: OpenSpace; event: EventRecord; person: Person }) {
  const t = useWords('people')
  const { failure, busy, save } = useSaving()
  const { open, all, reviews } = hintsOf(space)
  const hints = open.get(person.id)
  const review = reviews.get(person.id)
  const mayReview = may(space.role.value, 'checkIn')
  const reviewer = review && (space.devices.value.get(review.dev)?.holder ?? '')
  if (!hints && !(review && all.has(person.id))) return null
  if (hints)
    return (
      <section class="card card-look" aria-labelledby="hints">
        <h2 id="hints">{t('toReview')}</h2>
        <ul class="stack">
          {hints.map((hint) => (
            <li key={hint.id}>
              <Reason space={space} event={event} hint={hint} />
            </li>
          ))}
        </ul>
        {mayReview && (
          <button type="button" disabled={busy} onClick={() => save(() => markReviewed(space, person.id, hints))}>
            <Icon name="check" />
            {t('markReviewed')}
          </button>
        )}
        <SaveFailed failure={failure} />
      </section>
    )
  return (
    <section class="card">
      <p>{reviewer ? t('reviewedBy', { name: reviewer }) : t('reviewed')}</p>
      {mayReview && review && (
        <button type="button" disabled={busy} onClick={() => save(() => takeBackReview(space, review))}>
          <Icon name="undo" />
          {t('takeBackReview')}
        </button>
      )}
      <SaveFailed failure={failure} />
    </section>
  )
}

function Reason({ space, event, hint }: { space: OpenSpace; event: EventRecord; hint: Hint }) {
  const t = useWords('people')
  const others = hint.others.flatMap((id) => findPerson(space, id) ?? [])
  return (
    <>
      {t(`hint.${hint.kind}`, {
        count: hint.count,
        time: formatTime(hint.at, event.zone),
        minutes: Math.round(Math.abs(hint.offMs) / 60_000),
      })}
      {others.length > 0 && (
        <ul>
          {others.map((other) => (
            <li key={other.id}>
              <a href={eventPath(space.id, `peserta/${other.id}`)}>{other.name || t('nameless')}</a>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
