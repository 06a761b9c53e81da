import type { Solution } from '../../core/puzzle.ts'
import { fail, type Result } from '../../core/result.ts'
import type { Failure } from '../../protocol/failure.ts'
import type { InviteAnswer, InviteRequest, TeamAnswer } from '../../protocol/invite.ts'
import { readAtRisk, readUndecided } from '../db/atRisk.ts'
import { countBallots } from '../db/ballots.ts'
import { forgetAll } from '../db/forget.ts'
import type { OpName } from '../db/opName.ts'
import { countUnsent } from '../db/outbox.ts'
import type { Database } from '../db/schema.ts'
import { listSpaces } from '../db/spaces.ts'
import type { Engine } from './engine.ts'
import { holdsFound, type Identity, isOtherAccount } from './identity.ts'
import type { Link } from './link.ts'
import { askInTurn, type Patience, type Solve } from './turn.ts'

/** [S10] Signing out while work is unsent would strand it; `ballots` and `held` of it as `countBallots` tells them. */
export type Unsent = { kind: 'unsent'; count: number; ballots: number; held: number; retryAfterMs?: undefined }

/** Forms hold what was not saved, or nobody has decided on what the server did not accept. */
export type Undecided = { kind: 'undecided'; retryAfterMs?: undefined }

/** This device holds the events of somebody else, who has to sign out first. */
export type OtherAccount = { kind: 'otherAccount'; retryAfterMs?: undefined }

/** Everything a person does with the server by hand; each needs a network and says so when there is none. */
export type Account = {
  setUp: (input: { token: string; name: string; email: string; password: string }) => Promise<Result<unknown, Failure>>
  /** With `patience` it waits for its turn instead of failing with `tooMany`. */
  signIn: (
    input: { email: string; password: string },
    patience?: Patience,
  ) => Promise<Result<unknown, Failure | OtherAccount>>
  /**
   * Ends the session here and forgets the events on this device; the page has to be loaded anew afterwards. Refused
   * while an op is on this device only, unless it is one of the named ops of a rescue file ([S10]); and while something
   * is left undecided, unless a person gives that up knowingly.
   */
  signOut: (options?: {
    rescued?: ReadonlySet<OpName> | undefined
    givesUp?: boolean
  }) => Promise<Result<unknown, Failure | Unsent | Undecided>>
  /**
   * Enrols with an invite code; resolves with the event's space once this device holds all of it. `otherAccount`: what a
   * copy gave back here waits for its own account, and would be sent as this holder's.
   */
  join: (input: { code: string; holder: string }) => Promise<Result<string | undefined, Failure>>
  invite: (space: string, role: InviteRequest['role']) => Promise<Result<InviteAnswer, Failure>>
  team: (space: string) => Promise<Result<TeamAnswer, Failure>>
}

/** Who this browser belongs to: setting up, signing in, joining, leaving. */
export function createAccount(parts: {
  db: Database
  link: Link
  identity: Identity
  engine: Engine
  solve: Solve
  /** Everything was forgotten; what is kept beside the database, and by the page that is still open, has to go too. */
  onForgotten?: () => Promise<void>
}): Account {
  const { db, link, identity, engine } = parts

  /** After the server knows the account, this browser becomes its device and reads what it may. */
  async function enrolAccount(signedIn: Result<unknown, Failure>): Promise<Result<unknown, Failure>> {
    if (!signedIn.ok) return signedIn
    const enrolled = await identity.enrol({})
    if (enrolled.ok) engine.trigger('start')
    return enrolled
  }

  async function readUnsent(rescued: ReadonlySet<OpName> | undefined): Promise<Unsent | undefined> {
    const count = await countUnsent(db, rescued)
    const { waiting, held } = await countBallots(db)
    return count > 0 ? { kind: 'unsent', count, ballots: waiting + held, held } : undefined
  }

  return {
    setUp: async (input) => enrolAccount(await link.setUp(input)),
    signIn: async (input, patience) => {
      const isOther = isOtherAccount(identity.known(), input.email.trim().toLowerCase())
      if (isOther && (await listSpaces(db)).length > 0) return fail({ kind: 'otherAccount' as const })
      const ask = (solution?: Solution) => link.signIn(solution ? { ...input, solution } : input)
      const { solve } = parts
      return enrolAccount(await (patience ? askInTurn(ask, patience, { random: Math.random, solve }) : ask()))
    },
    signOut: async ({ rescued, givesUp = false } = {}) => {
      const wasEnrolled = identity.known().enrolled
      const before = await readUndecided(db)
      /** Whether the server still has everything it says itself: it may have been put back since the last round. */
      await engine.syncNow()
      const unsent = await readUnsent(rescued)
      if (unsent) return fail(unsent)
      const undecided = await readUndecided(db)
      const { parked, drafts } = await readAtRisk(db)
      if (wasEnrolled && !identity.known().enrolled) return fail({ kind: 'unauthorized' as const })
      /** The word was about what was left undecided until then. */
      const isGivenUp = givesUp && undecided === before
      if (parked + drafts.length > 0 && !isGivenUp) return fail({ kind: 'undecided' as const })
      const answer = await link.signOut()
      if (!answer.ok) return answer
      engine.stop()
      if (await forgetAll(db, rescued, async () => (await readUndecided(db)) === undecided)) {
        await parts.onForgotten?.()
        return answer
      }
      /** Something was saved while the server was asked: it is kept, and goes on by itself once somebody signs in. */
      engine.resume()
      return fail((await readUnsent(rescued)) ?? { kind: 'undecided' as const })
    },
    join: async (input) => {
      if (await holdsFound(db, identity.known())) return fail({ kind: 'otherAccount' as const })
      const enrolled = await identity.enrol(input)
      if (!enrolled.ok) return enrolled
      const { failure } = await engine.syncNow()
      return failure ? fail(failure) : enrolled
    },
    invite: (space, role) => link.invite(space, { role }),
    team: (space) => link.team(space),
  }
}
