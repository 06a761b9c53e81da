import type { TFunction } from 'i18next'
import { useState } from 'preact/hooks'
import type { Governing } from '../../../sync/governing.ts'
import { useApp } from '../../app.ts'
import { failureWords } from '../../parts/failureWords.ts'

type Answer = { ok: true } | { ok: false; failure: { kind: string; retryAfterMs?: number | undefined } }

/** One question to the server at a time, and why the last one was refused. */
export function useAsking(t: TFunction): {
  busy: boolean
  error: string | undefined
  setError: (words: string | undefined) => void
  ask: (work: (governing: Governing) => Promise<Answer>) => Promise<boolean>
} {
  const { governing } = useApp()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | undefined>(undefined)
  async function ask(work: (governing: Governing) => Promise<Answer>): Promise<boolean> {
    if (busy) return false
    setBusy(true)
    setError(undefined)
    try {
      const answer = await work(await governing())
      if (!answer.ok) setError(failureWords(t, answer.failure))
      return answer.ok
    } finally {
      setBusy(false)
    }
  }
  return { busy, error, setError, ask }
}
