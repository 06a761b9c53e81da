import { useState } from 'preact/hooks'
import { useDraft } from '../../useDraft.ts'
import { type EventDraft, parseDraft } from './form.ts'

/** The form's draft: `undefined` until it is read, `none` while nothing was typed. */
export type EventDraftState = {
  draft: EventDraft | 'none' | undefined
  change: (draft: EventDraft) => void
  /** What was thrown away on this screen, to be taken back. */
  thrown: EventDraft | undefined
  throwAway: () => Promise<void>
  /** The form was saved. */
  done: () => Promise<void>
}

export function useEventDraft(key: string): EventDraftState {
  const [draft, setDraft, dropDraft] = useDraft<EventDraft | 'none'>(key, 'none', parseDraft)
  const [thrown, setThrown] = useState<EventDraft | undefined>(undefined)
  return {
    draft,
    thrown,
    change: (next) => {
      setThrown(undefined)
      setDraft(next)
    },
    throwAway: async () => {
      if (draft !== 'none') setThrown(draft)
      await dropDraft()
    },
    done: dropDraft,
  }
}
