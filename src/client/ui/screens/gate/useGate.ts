import { useState } from 'preact/hooks'
import { recordClosedGate, recordGate } from '../../../state/gate.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import type { Attendees } from '../../../sync/attendee.ts'
import { useApp } from '../../app.ts'
import { type Saving, useSaving } from '../../useSaving.ts'

type Answer = Awaited<ReturnType<Attendees['gate']>>
export type GateFailure = Extract<Answer, { ok: false }>['failure']

/** Opens, replaces and closes the gate of an event: the server first, then the log, so that every phone shows it. */
export function useGate(space: OpenSpace): {
  saving: Saving
  failure: GateFailure | undefined
  /** A new code; the one before stops letting anybody in. */
  open: () => Promise<boolean>
  close: () => Promise<boolean>
} {
  const { attendees } = useApp()
  const saving = useSaving()
  const [failure, setFailure] = useState<GateFailure | undefined>(undefined)
  const held = space.gate.value

  async function ask(open: string | null): Promise<void> {
    setFailure(undefined)
    const answer = await attendees.gate(space.id, { open, close: held?.code ?? null })
    if (!answer.ok) setFailure(answer.failure)
    else if (open && answer.value.code) await recordGate(space, open, answer.value.code, held?.id)
    else if (held) await recordClosedGate(space, held.id)
  }
  return {
    saving,
    failure,
    open: () => saving.save(() => ask(space.newId())),
    close: () => saving.save(() => ask(null)),
  }
}
