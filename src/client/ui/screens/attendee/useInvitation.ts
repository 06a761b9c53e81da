import { useContext, useEffect, useRef, useState } from 'preact/hooks'
import type { AttendeeDraft } from './form.ts'
import { type FindOutcome, FormContext } from './formContext.ts'

/**
 * Looks for whom a personal link was sent to, and puts him into the form, where he can say that it is not him. Who is
 * signed in already is not put there again: then the form is for somebody else.
 */
export function useInvitation(parts: {
  space: string
  pass: string | undefined
  draft: AttendeeDraft | undefined
  change: (draft: AttendeeDraft) => void
  recorded: readonly string[]
}): FindOutcome | 'looking' | undefined {
  const { space, pass, draft } = parts
  const { find } = useContext(FormContext)
  const [outcome, setOutcome] = useState<FindOutcome | 'looking' | undefined>(pass ? 'looking' : undefined)
  const now = useRef(parts)
  now.current = parts
  const isReady = draft !== undefined
  useEffect(() => {
    if (!pass || !isReady) return
    let gone = false
    find(space, pass).then((next) => {
      if (gone) return
      setOutcome(next)
      const held = now.current
      if (next.kind !== 'found' || held.draft?.step !== 'data' || held.recorded.includes(next.found.id)) return
      held.change({ ...held.draft, found: next.found })
    })
    return () => {
      gone = true
    }
  }, [pass, isReady])
  return outcome
}
