import { may } from '../../../../core/access.ts'
import type { Duplicate } from '../../../../core/duplicates.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { duplicates, mergeAll } from '../../../state/people.ts'
import { SaveFailed } from '../../parts/SaveFailed.tsx'
import { useSaving } from '../../useSaving.ts'
import { useWords } from '../../words.ts'

/** As many as can be looked at; the next ones follow when these are settled. */
const most = 5

/** People who signed in by themselves and may be on the list already: merged at once by equal NIP, else one by one. */
export function Duplicates({ space }: { space: OpenSpace }) {
  const t = useWords('people')
  const { failure, busy, save } = useSaving()
  const found = may(space.role.value, 'checkIn') ? duplicates(space) : []
  if (found.length === 0) return null
  const byNip = found.filter(({ by }) => by === 'nip')
  const others = found.filter(({ by }) => by !== 'nip').slice(0, most)
  const merge = (pairs: Duplicate[]) => save(() => mergeAll(space, pairs))
  const describe = (id: string) => {
    const { name = '', institution = '' } = space.people.value.get(id) ?? {}
    return [name || t('nameless'), institution].filter(Boolean).join(' · ')
  }
  return (
    <section class="card" aria-label={t('duplicates', { count: found.length })}>
      <p class="card-title">{t('duplicates', { count: found.length })}</p>
      <p class="soft">{t('duplicatesHint')}</p>
      {byNip.length > 0 && (
        <button type="button" class="primary" disabled={busy} onClick={() => merge(byNip)}>
          {t('mergeByNip', { count: byNip.length })}
        </button>
      )}
      <ul class="stack">
        {others.map((pair) => (
          <li key={pair.person} class="stack">
            <span>{describe(pair.person)}</span>
            <span class="soft">{t(`likeness.${pair.by}`, { who: describe(pair.same) })}</span>
            <button type="button" disabled={busy} onClick={() => merge([pair])}>
              {t('mergePair')}
            </button>
          </li>
        ))}
      </ul>
      <SaveFailed failure={failure} />
    </section>
  )
}
