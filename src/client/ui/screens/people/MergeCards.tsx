import { may } from '../../../../core/access.ts'
import type { Person } from '../../../../core/person.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { likelySame, mergePeople, partPeople } from '../../../state/people.ts'
import { SaveFailed } from '../../parts/SaveFailed.tsx'
import { useSaving } from '../../useSaving.ts'
import { useWords } from '../../words.ts'

const most = 4

/** Records that may be the same person, to be merged; and those that were merged, to be parted again. */
export function MergeCards({ space, person }: { space: OpenSpace; person: Person }) {
  const t = useWords('people')
  const { failure, busy, save } = useSaving()
  if (!may(space.role.value, 'checkIn')) return null
  const merge = space.merges.value.get(person.id)
  const others = likelySame(space, person, most).filter(({ id }) => id !== person.id)
  const describe = ({ name, position, institution }: Person) =>
    [name || t('nameless'), position, institution].filter(Boolean).join(' · ')
  return (
    <>
      {others.map((other) => (
        <section class="card" key={other.id}>
          <p class="card-title">{t('maybeSame')}</p>
          <p>{describe(other)}</p>
          <button type="button" disabled={busy} onClick={() => save(() => mergePeople(space, person.id, other.id))}>
            {t('mergeWith', { name: other.name })}
          </button>
        </section>
      ))}
      {merge && (
        <section class="card">
          <p class="card-title">{t('merged', { count: merge.records.length })}</p>
          <ul>
            {merge.records.map((record) => (
              <li key={record.id}>{describe(record)}</li>
            ))}
          </ul>
          <button
            type="button"
            disabled={busy}
            onClick={() => save(() => partPeople(space, person.id, t('partReason')))}
          >
            {t('part')}
          </button>
        </section>
      )}
      <SaveFailed failure={failure} />
    </>
  )
}
