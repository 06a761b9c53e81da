import { useApp } from '../../app.ts'
import { useWords } from '../../words.ts'
import { RefusedWork } from './RefusedWork.tsx'

/** Anonymous answers that the server did not take: why, and a person's decision. They name nobody here either. */
export function RefusedBallots({ space }: { space: string }) {
  const t = useWords('status')
  const { ballots } = useApp()
  const refused = ballots.tickets.value.filter((row) => row.space === space && row.state === 'refused')
  const isUsed = refused.some(({ refusedFor }) => refusedFor === 'used')

  return (
    <RefusedWork onRetry={() => ballots.retry(space)} onRelease={() => ballots.release(space)}>
      <p>{t(isUsed ? 'ballotUsed' : 'ballotRefused')}</p>
    </RefusedWork>
  )
}
