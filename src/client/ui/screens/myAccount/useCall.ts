import { useState } from 'preact/hooks'
import { fail, type Result } from '../../../../core/result.ts'
import { failureWords } from '../../parts/failureWords.ts'
import { useWords } from '../../words.ts'

type Failure = { kind: string; retryAfterMs?: number | undefined }

/** What a call came to, in words; `again`: it asks for a fresh sign-in first. */
export type Said = { kind: 'ok' | 'danger'; words: string; again?: boolean }

/** One call at a time, and what came of it. */
export function useCall() {
  const t = useWords('myAccount')
  const ofPasskey = useWords('account')
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<Said | undefined>(undefined)

  /** Makes the call, unless one is under way (`busy`); `words` say that it went well. */
  async function run<T>(call: () => Promise<Result<T, Failure>>, words: string): Promise<Result<T, Failure>> {
    if (busy) return fail({ kind: 'busy' })
    setBusy(true)
    setSaid(undefined)
    const answer = await call()
    setBusy(false)
    if (answer.ok) setSaid({ kind: 'ok', words })
    else setSaid({ kind: 'danger', words: wordsOf(answer.failure), again: answer.failure.kind === 'signInAgain' })
    return answer
  }

  function wordsOf(failure: Failure): string {
    const { kind } = failure
    return kind === 'cancelled' || kind === 'notHere' ? ofPasskey(`passkey.${kind}`) : failureWords(t, failure)
  }
  return { busy, said, run }
}
