import { useApp } from '../../app.ts'
import { Notice } from '../../parts/Notice.tsx'
import { SaveFailed } from '../../parts/SaveFailed.tsx'
import { useSaving } from '../../useSaving.ts'
import { useWords } from '../../words.ts'

/** Anonymous answers that the server did not take: why, and a person's decision. They name nobody here either. */
export function RefusedBallots({ space }: { space: string }) {
  const t = useWords('status')
  const { ballots, syncNow } = useApp()
  const { busy, failure, save } = useSaving()
  const refused = ballots.tickets.value.filter((row) => row.space === space && row.state === 'refused')
  const isUsed = refused.some(({ refusedFor }) => refusedFor === 'used')

  async function retry(): Promise<void> {
    if (await save(() => ballots.retry(space))) syncNow()
  }

  return (
    <Notice kind="danger">
      <div class="stack">
        <p>{t(isUsed ? 'ballotUsed' : 'ballotRefused')}</p>
        <div class="buttons">
          <button type="button" aria-disabled={busy} onClick={retry}>
            {t('retry')}
          </button>
          <button type="button" aria-disabled={busy} onClick={() => save(() => ballots.release(space))}>
            {t('release')}
          </button>
        </div>
        <SaveFailed failure={failure} />
      </div>
    </Notice>
  )
}
