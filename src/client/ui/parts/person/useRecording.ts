import type { RefObject } from 'preact'
import { useState } from 'preact/hooks'
import type { SessionRecord } from '../../../../core/event.ts'
import { useFocusFirstError } from '../../useFocusFirstError.ts'
import { type Saving, useSaving } from '../../useSaving.ts'
import { type Proof, type ProofProblem, problemOf } from './proof.ts'

/** A form that records somebody, as it is tried to be saved. */
export type Recording = Omit<Saving, 'save'> & {
  /** The first field that needs the person takes the focus after each try. */
  form: RefObject<HTMLFormElement | null>
  /** What is missing since the last try; nobody is reproached for what he has not tried to save. */
  problem: ProofProblem | undefined
  isNameMissing: boolean
  /** Does the work once nothing is missing, and says whether it was done. */
  submit: (event: Event, work: () => Promise<void>) => Promise<boolean>
}

type Tries = { count: number; problem: ProofProblem | undefined }

/** `proof` is `undefined` while the draft is read; `nameless`: the form asks for a name and has none. */
export function useRecording(proof: Proof | undefined, session: SessionRecord, nameless = false): Recording {
  const { busy, failure, save } = useSaving()
  const [tries, setTries] = useState<Tries>({ count: 0, problem: undefined })
  const form = useFocusFirstError(tries)
  const tried = tries.count > 0
  const missing = proof && problemOf(proof, session)
  async function submit(event: Event, work: () => Promise<void>): Promise<boolean> {
    event.preventDefault()
    setTries({ count: tries.count + 1, problem: missing })
    return proof !== undefined && !missing && !nameless && (await save(work))
  }
  return {
    busy,
    failure,
    form,
    submit,
    problem: missing === tries.problem ? missing : undefined,
    isNameMissing: tried && nameless,
  }
}
