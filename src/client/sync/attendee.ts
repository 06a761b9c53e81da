import { plainCode } from '../../core/gate.ts'
import { nipDigits } from '../../core/nip.ts'
import { normalisePhone } from '../../core/phone.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import type { EnrolAnswer, Granted } from '../../protocol/enrol.ts'
import type { Failure } from '../../protocol/failure.ts'
import type { FindRequest } from '../../protocol/find.ts'
import type { GateAnswer, GateRequest } from '../../protocol/gate.ts'
import { HealthAnswer } from '../../protocol/health.ts'
import type { Database, FoundPerson } from '../db/schema.ts'
import { enterSpace, foundByPass, keepFound, replaceView, spaceOfCode } from '../db/views.ts'
import type { Engine } from './engine.ts'
import type { FirstEntry } from './firstEntry.ts'
import { holdsFound, type Identity } from './identity.ts'
import type { Link } from './link.ts'
import { unpackView } from './unpackView.ts'

/** Where a code led. `team`: this device is the team's already, and stays so. */
export type Entered = { space: string; team: boolean }

export type Attendees = {
  /**
   * Comes in by an event's gate; `code` as typed or from the link, both halves. One call, and none for an event that
   * this device came into before: then it opens without a network too. Failures: `notFound` (no such code), `expired`
   * (closed), `forbidden` (this device was sent away), `otherAccount` (what a copy gave back here waits for its own
   * account), `tooMany`, and those of the network.
   */
  enter: (code: string) => Promise<Result<Entered, Failure>>
  /**
   * Puts an entry that was made before there was a database into it; the app goes on as if it had made it. Where another
   * tab has made this browser's key meanwhile it is made again, and may fail as `enter` does.
   */
  keep: (entry: FirstEntry) => Promise<Result<Entered, Failure>>
  /**
   * Looks for an invited person by the whole of a number; `undefined`: nobody has it, or several have. Needs a network,
   * but for a pass that was looked for here before: its link opens days later in a hall without one.
   */
  find: (space: string, sought: FindRequest) => Promise<Result<FoundPerson | undefined, Failure>>
  /**
   * Opens a gate for attendees under the id of its record, closes another by its code, or both. Asked again for the
   * same id the answer is the same code. The caller writes what came of it into the log (state/gate.ts).
   */
  gate: (space: string, request: GateRequest) => Promise<Result<GateAnswer, Failure>>
  /** Where phones of this network reach the server; the server tells it to its own machine only. */
  neighbours: () => Promise<string[]>
}

/** A number that is too short or no number at all is nobody's; the server need not be asked. */
function isWhole(sought: FindRequest): boolean {
  if (sought.by === 'nip') return nipDigits(sought.nip).length >= 8
  return sought.by === 'pass' || normalisePhone(sought.phone) !== undefined
}

/** An attendee's ways in: by a gate's code, by a pass, and back to his own record. */
export function createAttendees(parts: { db: Database; link: Link; identity: Identity; engine: Engine }): Attendees {
  const { db, link, identity, engine } = parts

  /** Writes what a gate's answer holds; says whether the event itself was in it. */
  async function take(code: string, granted: Granted, view: EnrolAnswer['view']): Promise<boolean> {
    await enterSpace(db, granted, code)
    const received = view && unpackView(view)
    if (received) await replaceView(db, granted.space, received)
    return Boolean(received)
  }

  async function enter(typed: string): Promise<Result<Entered, Failure>> {
    const code = plainCode(typed)
    const held = await spaceOfCode(db, code)
    if (held?.epoch) {
      engine.trigger('visible')
      return ok({ space: held.space, team: held.role !== 'attendee' })
    }
    if (await holdsFound(db, identity.known())) return fail({ kind: 'otherAccount' as const })
    const answer = await identity.enter(code)
    if (!answer.ok) return answer
    const { granted, view } = answer.value
    if (!granted) return fail({ kind: 'notFound' as const })
    const team = granted.role !== 'attendee'
    if (await take(code, granted, view)) engine.trigger('start')
    else {
      const { failure } = await engine.syncNow()
      if (failure) return fail(failure)
    }
    return ok({ space: granted.space, team })
  }

  return {
    enter,
    keep: async ({ dev, code, space, team, answer }) => {
      if (dev !== identity.device().dev) return enter(code)
      await identity.entered(answer)
      if (answer.granted) await take(code, answer.granted, answer.view)
      engine.trigger('start')
      return ok({ space, team })
    },
    find: async (space, sought) => {
      if (!isWhole(sought)) return ok(undefined)
      const answer = await link.find(space, sought)
      const pass = sought.by === 'pass' ? { pass: sought.pass } : undefined
      if (!answer.ok) {
        const before = pass && (await foundByPass(db, space, pass.pass))
        return before ? ok(before) : answer
      }
      const { found } = answer.value
      if (found) await keepFound(db, space, { ...found, ...pass })
      return ok(found ?? undefined)
    },
    gate: (space, request) => link.gate(space, request),
    neighbours: async () => {
      const answer = await link.ask(HealthAnswer, 'GET', '/health')
      return (answer.ok && answer.value.neighbours) || []
    },
  }
}
