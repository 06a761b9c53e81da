import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import type { Spaces } from '../../../state/spaces.ts'
import { useApp } from '../../app.ts'
import { InEvent } from '../../parts/InEvent.tsx'
import { KeptRescue, type Ops } from '../../parts/KeptRescue.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { SaveFailed } from '../../parts/SaveFailed.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { StorageSilent } from '../../parts/StorageSilent.tsx'
import type { ScreenProps } from '../../routes.ts'
import { useRead } from '../../useRead.ts'
import { useSaving } from '../../useSaving.ts'
import { useWords } from '../../words.ts'
import { draftPlace } from './draftPlace.ts'
import { parkedPlace } from './parkedPlace.ts'

type Blockers = Awaited<ReturnType<Spaces['blockers']>>

/** Takes one event off this device, once nothing in it would be lost ([S10]); it can be had again from the server. */
export function ForgetEvent({ space }: ScreenProps) {
  return <InEvent id={space}>{({ id }, { title }) => <Forget space={id} title={title} />}</InEvent>
}

function Forget({ space, title }: { space: string; title: string }) {
  const t = useWords('safe')
  const { spaces, status, syncNow } = useApp()
  const { route } = useLocation()
  const [kept, setKept] = useState<Ops | undefined>(undefined)
  const [refusal, setRefusal] = useState<string | undefined>(undefined)
  const { busy, failure, save } = useSaving()
  const unsent = status.unsent.value
  const held = spaces.rows.value?.find((row) => row.space === space)
  useEffect(syncNow, [syncNow])
  const read = useRead(() => spaces.blockers(space), [spaces, space, unsent, held?.seq])
  const blockers = read.found

  /** A refusal is about what was kept until then. */
  function keep(ops: Ops | undefined): void {
    setKept(ops)
    setRefusal(undefined)
  }

  async function forget(): Promise<void> {
    setRefusal(undefined)
    await save(async () => {
      const blocked = await spaces.forget({ space, title }, kept)
      if (!blocked) return route('/', true)
      read.setFound(blocked)
      const uncovered = kept ? blocked.unsent - blocked.ballots : 0
      setRefusal(uncovered > 0 ? t('notCovered', { count: uncovered }) : t('forget.refused'))
    })
  }

  return (
    <Screen
      title={t('forget.title')}
      above={title}
      back={`/kegiatan/${space}`}
      actions={
        <>
          {refusal && blockers && countOf(blockers) > 0 && <Notice kind="danger">{refusal}</Notice>}
          <button type="button" class="danger" onClick={forget} aria-disabled={busy || !blockers}>
            {t('forget.do')}
          </button>
        </>
      }
    >
      <p>{t('forget.hint')}</p>
      <p>{t('forget.again')}</p>
      {read.failed && <StorageSilent onRetry={read.retry} />}
      {held && held.head === 0 && <Notice kind="warn">{t('forget.onlyHere')}</Notice>}
      {blockers && <Reasons space={space} blockers={blockers} />}
      {blockers && blockers.unsent > blockers.ballots && <KeptRescue only={space} onKept={keep} />}
      <SaveFailed failure={failure} />
    </Screen>
  )
}

const countOf = ({ unsent, parked, lost, drafts }: Blockers) => unsent + parked + lost + drafts.length

function Reasons({ space, blockers }: { space: string; blockers: Blockers }) {
  const t = useWords('safe')
  const { unsent, ballots, parked, lost, drafts } = blockers
  if (countOf(blockers) === 0) return null
  return (
    <Notice kind="warn">
      <p>{t('forget.notYet')}</p>
      <ul class="reasons">
        {unsent > ballots && <li>{t('because.localOnly', { count: unsent - ballots })}</li>}
        {ballots > 0 && <li>{t('because.ballots', { count: ballots })}</li>}
        {lost > 0 && <li>{t('because.lost', { count: lost })}</li>}
        {parked > 0 && (
          <li>
            {t('because.parked', { count: parked })} <a href={`/status${parkedPlace(space)}`}>{t('toStatus')}</a>
          </li>
        )}
        {drafts.map((key) => (
          <li key={key}>
            {t('because.draft')} <a href={draftPlace(key).href}>{t(`form.${draftPlace(key).form}`)}</a>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
