import { createContext } from 'preact'
import type { OpenSpace } from '../../../state/openSpace.ts'
import type { DraftKeeper } from '../../useDraft.ts'
import type { Found } from './form.ts'

/** What an attendee's form needs of the app, some of which waits until the app is there. */
export type FormParts = {
  /** The space once it can be written to. */
  whenOpen: (space: string) => Promise<OpenSpace>
  /** By what was typed, or by the pass of a personal link. */
  find: (space: string, sought: string) => Promise<FindOutcome>
  drafts: DraftKeeper
}

export type FindOutcome =
  | { kind: 'found'; found: Found }
  | { kind: 'nobody' }
  | { kind: 'failed'; failure: { kind: string; retryAfterMs?: number | undefined } }

const missing = (): never => {
  throw new Error('FormContext is missing')
}

export const FormContext = createContext<FormParts>({
  whenOpen: missing,
  find: missing,
  drafts: { read: missing, write: missing, rescue: missing, drop: missing },
})
