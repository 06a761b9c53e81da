import type { GenericSchema, InferOutput } from 'valibot'
import type { Result } from '../../core/result.ts'
import type { SetupRequest, SignInRequest } from '../../protocol/account.ts'
import type { BallotRequest, TicketAnswer, TicketRequest } from '../../protocol/ballot.ts'
import type { EnrolAnswer, EnrolRequest } from '../../protocol/enrol.ts'
import type { Failure } from '../../protocol/failure.ts'
import type { FileProgress, FileRequest } from '../../protocol/file.ts'
import type { FindAnswer, FindRequest } from '../../protocol/find.ts'
import type { GateAnswer, GateRequest } from '../../protocol/gate.ts'
import type { InviteAnswer, InviteRequest, TeamAnswer } from '../../protocol/invite.ts'
import type { Cursor, PullAnswer } from '../../protocol/pull.ts'
import type { PushAnswer, PushRequest } from '../../protocol/push.ts'
import type { RecoverRequest } from '../../protocol/recover.ts'
import type { SessionAnswer } from '../../protocol/session.ts'
import type { ViewAnswer } from '../../protocol/view.ts'

export type Answer<T> = Promise<Result<T, Failure>>

/**
 * The way to the server. No answer is a failure with a kind, like every other; a call throws of a bug of ours alone.
 */
export type Link = {
  /** `unsent`: how many ops this device has not sent, for the list of devices. */
  session: (unsent?: number) => Answer<SessionAnswer>
  push: (space: string, request: PushRequest) => Answer<PushAnswer>
  /** Gets a push ready while another one is on its way; `push` then sends it as it is. */
  prepare?: (request: PushRequest) => void
  recover: (space: string, request: RecoverRequest) => Answer<void>
  pull: (space: string, cursor: Cursor | undefined) => Answer<PullAnswer>
  setUp: (request: SetupRequest) => Answer<void>
  signIn: (request: SignInRequest) => Answer<void>
  signOut: () => Answer<void>
  enrol: (request: EnrolRequest) => Answer<EnrolAnswer>
  gate: (space: string, request: GateRequest) => Answer<GateAnswer>
  /** What an attendee's device may read; `undefined`: the same as under `tag`. */
  view: (space: string, tag: string | undefined) => Answer<ViewAnswer | undefined>
  find: (space: string, request: FindRequest) => Answer<FindAnswer>
  ticket: (space: string, form: string, request: TicketRequest) => Answer<TicketAnswer>
  /** Sent without cookies: nobody's. */
  ballot: (request: BallotRequest) => Answer<void>
  /** Begins or resumes the upload of a content. */
  beginFile: (space: string, request: FileRequest) => Answer<FileProgress>
  sendChunk: (space: string, hash: string, offset: number, bytes: Uint8Array<ArrayBuffer>) => Answer<FileProgress>
  invite: (space: string, request: InviteRequest) => Answer<InviteAnswer>
  /** A call that few devices make: who asks brings the parser of the answer. */
  ask: <S extends GenericSchema>(
    schema: S,
    method: 'GET' | 'POST',
    path: string,
    request?: unknown,
  ) => Answer<InferOutput<S>>
  team: (space: string) => Answer<TeamAnswer>
}
