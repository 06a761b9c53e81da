import { useEffect, useState } from 'preact/hooks'
import { useApp } from '../../app.ts'
import { failureWords } from '../../parts/failureWords.ts'
import type { Ops } from '../../parts/KeptRescue.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'
import type { Safety } from './useSafety.ts'

/**
 * Signs out and forgets every event. While work is on this device only that is refused ([S10]): a rescue file comes
 * first, then the person's word that it is put away, and the file must hold all of that work (`kept`). What is left
 * undecided goes only with a word of its own; anonymous answers that still wait for the server go with none. The
 * reminder of a rescue file that is still to be delivered goes with the rest: that is said.
 */
export function ClearDevice({ safety, kept }: { safety: Safety | undefined; kept: Ops | undefined }) {
  const t = useWords('safe')
  const { account, spaces } = useApp()
  const [busy, setBusy] = useState(false)
  const [givesUp, setGivesUp] = useState(false)
  const [error, setError] = useState<string | undefined>(undefined)
  const isUndecided = safety !== undefined && safety.parked - safety.held + safety.drafts.length > 0
  const open = JSON.stringify([safety?.parked, safety?.drafts])
  /** Once all is sent or decided on, what was in the way is not any more. */
  useEffect(() => {
    if (safety?.localOnly === 0) setError(undefined)
  }, [safety?.localOnly, open])
  /** The word was about what was left undecided until then. */
  useEffect(() => setGivesUp(false), [open])

  /** A refusal is about what was kept until then. */
  useEffect(() => setError(undefined), [kept])

  async function clear(): Promise<void> {
    if (busy) return
    setError(undefined)
    setBusy(true)
    const answer = await account.signOut({ rescued: kept, givesUp })
    setBusy(false)
    if (answer.ok) return location.replace('/')
    const { failure } = answer
    if (failure.kind === 'undecided') return setError(t('giveUpFirst'))
    if (failure.kind !== 'unsent') return setError(failureWords(t, failure))
    const { count, ballots, held } = failure
    if (count > ballots) setError(t(kept ? 'notCovered' : 'refused', { count: count - ballots }))
    else setError(held > 0 ? t('undecided', { count: held }) : t('because.ballots', { count: ballots }))
  }

  return (
    <section class="card">
      <h2>{t('clearTitle')}</h2>
      <p>{t('clearHint')}</p>
      {spaces.inHand.value.length > 0 && <p>{t('clearInHand')}</p>}
      {isUndecided && (
        <label class="choice">
          <input
            type="checkbox"
            checked={givesUp}
            onChange={({ currentTarget }) => {
              setGivesUp(currentTarget.checked)
              setError(undefined)
            }}
          />
          {t('giveUp')}
        </label>
      )}
      <button type="button" class="danger" onClick={clear} aria-disabled={busy}>
        {busy ? t('clearing') : t('clear')}
      </button>
      {error && <Notice kind="danger">{error}</Notice>}
    </section>
  )
}
