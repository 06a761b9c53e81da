import type { EventRecord } from '../../../../core/event.ts'
import type { PassRecord } from '../../../../core/pass.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { Icon } from '../../parts/Icon.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Progress } from '../../parts/Progress.tsx'
import { useWords } from '../../words.ts'
import { useBadges } from './useBadges.ts'

/** The printable sheet of badges: what it holds, how its making goes, and what became of it. */
export function BadgesCard({ space, event, passes }: { space: OpenSpace; event: EventRecord; passes: PassRecord[] }) {
  const t = useWords('passes')
  const { state, make, handOver, cancel } = useBadges(space, event)
  const people = space.people.value
  const nameOf = ({ person }: PassRecord) => people.get(person)?.name ?? ''
  const listed = passes.filter(({ person }) => people.has(person)).sort((a, b) => nameOf(a).localeCompare(nameOf(b)))
  const isMaking = state?.name === 'making'
  if (listed.length === 0) return null
  return (
    <section class="card stack" aria-label={t('badgesTitle')}>
      <h2>{t('badgesTitle')}</h2>
      <p>{t('badgesHint', { count: listed.length })}</p>
      <button type="button" aria-disabled={isMaking} onClick={() => !isMaking && void make(listed)}>
        <Icon name="download" />
        {t('makeBadges')}
      </button>
      {state?.name === 'making' && (
        <Progress
          label={state.total > 0 ? t('making', { done: state.done, total: state.total }) : t('makingStart')}
          done={state.done}
          total={state.total}
          onCancel={cancel}
        />
      )}
      {state?.name === 'ready' && (
        <button type="button" class="primary" onClick={() => void handOver()}>
          {t('saveNow')}
        </button>
      )}
      {state?.name === 'saved' && <Notice kind="ok">{t('saved', { file: state.file.name })}</Notice>}
      {state?.name === 'failed' && <Notice kind="danger">{t('failed')}</Notice>}
      <p class="soft">{t('personalData')}</p>
    </section>
  )
}
