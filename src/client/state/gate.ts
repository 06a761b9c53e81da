import { setGate } from '../../core/gate.ts'
import { type SignInSettings, setSignIn } from '../../core/signIn.ts'
import type { OpenSpace } from './openSpace.ts'

/** Writes down that the server opened a gate under this id, and closed the one before, so that every phone shows it. */
export async function recordGate(space: OpenSpace, id: string, code: string, replaced?: string): Promise<void> {
  await space.commit([setGate(id, { code, closed: false }), ...(replaced ? [setGate(replaced, { closed: true })] : [])])
}

/** The code lets nobody in any more; who is in stays. */
export async function recordClosedGate(space: OpenSpace, id: string): Promise<void> {
  await space.commit([setGate(id, { closed: true })])
}

/** How attendees sign in; part of the event's record, so that two organizers' ticks merge. */
export async function updateSignIn(space: OpenSpace, settings: Partial<SignInSettings>): Promise<void> {
  await space.commit([setSignIn(space.event.value?.id ?? space.id, settings)])
}
