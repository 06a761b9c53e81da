import { useCallback, useEffect, useState } from 'preact/hooks'
import type { OwnAccount } from '../../../sync/ownAccount.ts'
import { useApp } from '../../app.ts'

type Answer = Awaited<ReturnType<OwnAccount['read']>>
export type AccountFacts = Extract<Answer, { ok: true }>['value']

/** The account as the server last told it, and why it did not. */
export function useAccount() {
  const { ownAccount } = useApp()
  const [facts, setFacts] = useState<AccountFacts | undefined>(undefined)
  const [failure, setFailure] = useState<{ kind: string; retryAfterMs?: number | undefined } | undefined>(undefined)
  const load = useCallback(async () => {
    const answer = await ownAccount((own) => own.read())
    if (answer.ok) setFacts(answer.value)
    setFailure(answer.ok ? undefined : answer.failure)
  }, [ownAccount])
  useEffect(() => void load(), [load])
  return { facts, failure, load }
}
