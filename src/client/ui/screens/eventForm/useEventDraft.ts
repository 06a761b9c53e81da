import { useState } from 'preact/hooks'
import { useDraft } from '../../useDraft.ts'
import { type EventDraft, parseDraft } from './form.ts'

/** The form's draft: `undefined` until it is read, `none` while nothing was typed. */
export type EventDraftState = {
  draft: EventDraft | 'none' | undefined
  change: (draft: EventDraft) => void
  /** The draft is from before this screen was opened, and nobody has said yet that they know. */
  restored: boolean
  goOn: () => void
  /** What was thrown away on this screen, to be taken back. */
  thrown: EventDraft | undefined
  throwAway: () => Promise<void>
  /** The form was saved. */
  done: () => Promise<void>
}

export function useEventDraft(key: string): EventDraftState {
  const [draft, setDraft, dropDraft] = useDraft<EventDraft | 'none'>(key, 'none', parseDraft)
  const [known, setKnown] = useState(false)
  const [thrown, setThrown] = useState<EventDraft | undefined>(undefined)
  return {
    draft,
    thrown,
    restored: draft !== undefined && draft !== 'none' && !known,
    goOn: () => setKnown(true),
    change: (next) => {
      setThrown(undefined)
      setKnown(true)
      setDraft(next)
    },
    throwAway: async () => {
      if (draft !== 'none') setThrown(draft)
      await dropDraft()
    },
    done: dropDraft,
  }
}
