import { useApp } from '../../app.ts'
import { useWords } from '../../words.ts'
import { RefusedWork } from './RefusedWork.tsx'

/**
 * Anonymous answers that the server did not take, `held` of which it may take later, `unread` of these once it can make
 * them out: why, and a person's decision. They name nobody here either.
 */
export function RefusedBallots(props: { space: string; count: number; held: number; unread: number }) {
  const { space, count, held, unread } = props
  const t = useWords('status')
  const { ballots } = useApp()
  const tickets = ballots.tickets.value.filter((row) => row.space === space)
  const isUsed = tickets.some(({ state, refusedFor }) => state === 'refused' && refusedFor === 'used')
  const unseen = tickets.filter(({ state, heldFor }) => state === 'waiting' && heldFor === 'forbidden').length

  return (
    <RefusedWork onRetry={() => ballots.retry(space)} onRelease={() => ballots.release(space)}>
      {count > held && <p>{t(isUsed ? 'ballotUsed' : 'ballotRefused')}</p>}
      {held > unseen + unread && <p>{t('ballotUnknown', { count: held - unseen - unread })}</p>}
      {unread > 0 && <p>{t('ballotUnread', { count: unread })}</p>}
      {unseen > 0 && <p>{t('ballotUnseen', { count: unseen })}</p>}
      {held > 0 && <p>{t('ballotsHeld')}</p>}
    </RefusedWork>
  )
}
