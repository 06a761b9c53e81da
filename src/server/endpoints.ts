import type { Context } from 'hono'
import type { GenericSchema } from 'valibot'
import type { Action } from '../core/access.ts'
import { maxBallotBytes } from '../core/form/ballot.ts'
import { Done, SetupRequest, SignInRequest } from '../protocol/account.ts'
import { AuditAnswer, AuditQuery, ExportRequest } from '../protocol/audit.ts'
import { BallotRequest, RatesAnswer, TicketAnswer, TicketRequest } from '../protocol/ballot.ts'
import { EnrolAnswer, EnrolRequest } from '../protocol/enrol.ts'
import type { Refusal } from '../protocol/failure.ts'
import { ChunkQuery, FileProgress, FileRequest } from '../protocol/file.ts'
import { FindAnswer, FindRequest } from '../protocol/find.ts'
import { GateAnswer, GateRequest } from '../protocol/gate.ts'
import { HealthAnswer } from '../protocol/health.ts'
import { Hints } from '../protocol/hints.ts'
import { InviteAnswer, InviteRequest, TeamAnswer } from '../protocol/invite.ts'
import { maxChunkBytes, maxPushBytes, maxRecoverBytes } from '../protocol/limits.ts'
import {
  AccountAnswer,
  NameRequest,
  NewAccountRequest,
  PasswordRequest,
  ResetCodeAnswer,
  ResetCodeRequest,
  ResetRequest,
  SignOutsRequest,
  SsoAnswer,
  SsoRequest,
  WaysInAnswer,
} from '../protocol/ownAccount.ts'
import {
  NewPasskeyChallenge,
  NewPasskeyRequest,
  PasskeyChallenge,
  PasskeyChangeRequest,
  PasskeySignInRequest,
} from '../protocol/passkey.ts'
import { PullAnswer, PullQuery } from '../protocol/pull.ts'
import { PushAnswer, PushRequest } from '../protocol/push.ts'
import { DecisionAnswer, DecisionRequest, ParkedAnswer, ParkedQuery, QuarantineAnswer } from '../protocol/quarantine.ts'
import { RecoverRequest } from '../protocol/recover.ts'
import { AttendeesAnswer, AttendeesQuery, DeviceRequest, EndInviteRequest, RightsRequest } from '../protocol/rights.ts'
import { SessionAnswer, SessionQuery } from '../protocol/session.ts'
import { ViewAnswer } from '../protocol/view.ts'
import { account } from './routes/account.ts'
import { accountName } from './routes/accountName.ts'
import { accountPassword } from './routes/accountPassword.ts'
import { accountSignOuts } from './routes/accountSignOuts.ts'
import { attendees } from './routes/attendees.ts'
import { audit } from './routes/audit.ts'
import { auditExport } from './routes/auditExport.ts'
import { ballot } from './routes/ballot.ts'
import { chunk } from './routes/chunk.ts'
import type { Deps } from './routes/deps.ts'
import { device } from './routes/device.ts'
import { endInvite } from './routes/endInvite.ts'
import { enrol } from './routes/enrol.ts'
import { events } from './routes/events.ts'
import { file } from './routes/file.ts'
import { files } from './routes/files.ts'
import { find } from './routes/find.ts'
import { gate } from './routes/gate.ts'
import { health } from './routes/health.ts'
import { invites } from './routes/invites.ts'
import { newAccount } from './routes/newAccount.ts'
import { firstPasskeyChallenge, newPasskeyChallenge, passkeyChallenge } from './routes/passkeyChallenge.ts'
import { addPasskey, changePasskey } from './routes/passkeys.ts'
import { pull } from './routes/pull.ts'
import { push } from './routes/push.ts'
import { decide, parkedOf, quarantine } from './routes/quarantine.ts'
import { rates } from './routes/rates.ts'
import { recover } from './routes/recover.ts'
import { reset } from './routes/reset.ts'
import { resetCodes } from './routes/resetCodes.ts'
import { rights } from './routes/rights.ts'
import { session } from './routes/session.ts'
import { setup } from './routes/setup.ts'
import { signIn } from './routes/signIn.ts'
import { signInPasskey } from './routes/signInPasskey.ts'
import { signOut } from './routes/signOut.ts'
import { sso } from './routes/sso.ts'
import { ssoReturn } from './routes/ssoReturn.ts'
import { team } from './routes/team.ts'
import { ticket } from './routes/ticket.ts'
import { view } from './routes/view.ts'
import { waysIn } from './routes/waysIn.ts'

/**
 * Who may call. An action of core/access.ts: a device whose role in the space of the path may do it. `standing`: a
 * device that is something there, or lately was ([S11]). `reader`: a device that may hear of any space. `account`: who
 * is signed in. `bearer`: who brings what the request itself must show, as a code, a password or a token. `anyone`: the
 * answer tells only of the caller.
 */
export type Who = Action | 'standing' | 'reader' | 'account' | 'bearer' | 'anyone'

type Said = {
  /** The JSON body, of at most `maxBytes` (`maxSmallBytes` when not said) after unzipping; or raw bytes. */
  request?: GenericSchema | 'bytes'
  maxBytes?: number
  query?: GenericSchema
  /** The JSON answer, the messages of an event stream, raw bytes, or an address to go to. */
  answer: GenericSchema | { events: GenericSchema } | 'bytes' | 'redirect'
  /** Refusals beside those that follow from `who` and `request`. */
  refusals?: readonly Refusal['kind'][]
}
type Route = (deps: Deps) => (c: Context) => Response | Promise<Response>

/** `path` is behind `/api/v1`; `:name` stands for one part of it. */
export type Endpoint = Said & { method: 'GET' | 'POST' | 'PUT'; path: string; who: Who; route: Route }

const on = (method: Endpoint['method']) => (path: string, who: Who, route: Route, said: Said) => ({
  ...{ method, path, who, route },
  ...said,
})
const [get, post, put] = [on('GET'), on('POST'), on('PUT')]

/**
 * Every endpoint, once: `app.ts` mounts these and nothing else, docs/openapi.json is made of them (`npm run openapi`),
 * and test/server/access.test.ts walks them for every role.
 */
export const endpoints: readonly Endpoint[] = [
  get('/health', 'anyone', health, { answer: HealthAnswer }),
  get('/session', 'anyone', session, { query: SessionQuery, answer: SessionAnswer }),
  get('/events', 'reader', events, { answer: { events: Hints }, refusals: ['tooMany'] }),

  post('/setup', 'bearer', setup, {
    request: SetupRequest,
    answer: Done,
    refusals: ['notFound', 'expired', 'used', 'emailTaken', 'weakPassword', 'otherAccount'],
  }),
  post('/sign-in', 'bearer', signIn, {
    request: SignInRequest,
    answer: Done,
    refusals: ['wrongPassword', 'tooMany', 'otherAccount'],
  }),
  post('/sign-out', 'anyone', signOut, { answer: Done }),
  post('/reset', 'bearer', reset, {
    request: ResetRequest,
    answer: Done,
    refusals: ['notFound', 'expired', 'used', 'weakPassword', 'tooMany', 'otherAccount'],
  }),
  get('/account', 'account', account, { answer: AccountAnswer }),
  post('/account/name', 'account', accountName, { request: NameRequest, answer: Done }),
  post('/account/password', 'account', accountPassword, {
    request: PasswordRequest,
    answer: Done,
    refusals: ['wrongPassword', 'weakPassword', 'signInAgain', 'tooMany', 'otherAccount'],
  }),
  post('/account/sign-outs', 'account', accountSignOuts, {
    request: SignOutsRequest,
    answer: Done,
    refusals: ['notFound'],
  }),
  get('/sign-in', 'anyone', waysIn, { answer: WaysInAnswer }),
  post('/sso', 'anyone', sso, {
    request: SsoRequest,
    answer: SsoAnswer,
    refusals: ['unauthorized', 'forbidden', 'signInAgain', 'notFound', 'providerDown'],
  }),
  get('/sso/return', 'anyone', ssoReturn, { answer: 'redirect', refusals: ['notFound'] }),
  post('/sign-in/passkey-challenge', 'anyone', passkeyChallenge, { answer: PasskeyChallenge, refusals: ['notFound'] }),
  post('/sign-in/passkey', 'bearer', signInPasskey, {
    request: PasskeySignInRequest,
    answer: Done,
    refusals: ['unknownPasskey', 'otherAccount'],
  }),
  post('/account/passkey-challenge', 'account', newPasskeyChallenge, {
    answer: NewPasskeyChallenge,
    refusals: ['notFound', 'signInAgain'],
  }),
  post('/account/passkeys', 'account', addPasskey, {
    request: NewPasskeyRequest,
    answer: Done,
    refusals: ['used', 'signInAgain'],
  }),
  post('/account/passkeys/change', 'account', changePasskey, {
    request: PasskeyChangeRequest,
    answer: Done,
    refusals: ['notFound', 'lastWayIn'],
  }),
  post('/reset-codes', 'account', resetCodes, {
    request: ResetCodeRequest,
    answer: ResetCodeAnswer,
    refusals: ['notFound'],
  }),
  post('/enrol', 'bearer', enrol, {
    request: EnrolRequest,
    answer: EnrolAnswer,
    refusals: ['notFound', 'expired', 'used', 'tooMany'],
  }),

  post('/spaces/:space/push', 'standing', push, {
    request: PushRequest,
    maxBytes: maxPushBytes,
    answer: PushAnswer,
    refusals: ['unknownAuthor', 'tooMany', 'shareUsed'],
  }),
  get('/spaces/:space/pull', 'pull', pull, { query: PullQuery, answer: PullAnswer, refusals: ['clientTooOld'] }),
  post('/spaces/:space/recover', 'pull', recover, { request: RecoverRequest, maxBytes: maxRecoverBytes, answer: Done }),
  post('/spaces/:space/invites', 'invite', invites, { request: InviteRequest, answer: InviteAnswer }),
  post('/spaces/:space/invites/:invite', 'invite', endInvite, {
    request: EndInviteRequest,
    answer: Done,
    refusals: ['notFound'],
  }),
  get('/spaces/:space/team', 'listTeam', team, { answer: TeamAnswer }),
  get('/spaces/:space/attendees', 'listTeam', attendees, { query: AttendeesQuery, answer: AttendeesAnswer }),
  get('/spaces/:space/quarantine', 'review', quarantine, { answer: QuarantineAnswer }),
  get('/spaces/:space/quarantine/:dev', 'review', parkedOf, { query: ParkedQuery, answer: ParkedAnswer }),
  post('/spaces/:space/quarantine/:dev', 'review', decide, {
    request: DecisionRequest,
    maxBytes: maxPushBytes,
    answer: DecisionAnswer,
  }),
  get('/spaces/:space/audit', 'history', audit, { query: AuditQuery, answer: AuditAnswer }),
  post('/spaces/:space/audit', 'history', auditExport, { request: ExportRequest, answer: Done }),
  post('/spaces/:space/rights', 'manageTeam', rights, {
    request: RightsRequest,
    answer: Done,
    refusals: ['notFound', 'lastOrganizer'],
  }),
  post('/spaces/:space/devices/:dev', 'manageTeam', device, {
    request: DeviceRequest,
    answer: Done,
    refusals: ['notFound', 'lastOrganizer'],
  }),

  post('/spaces/:space/passkey-challenge', 'pull', firstPasskeyChallenge, { answer: NewPasskeyChallenge }),
  post('/spaces/:space/account', 'pull', newAccount, {
    request: NewAccountRequest,
    answer: Done,
    refusals: ['used', 'emailTaken', 'weakPassword', 'otherAccount'],
  }),

  post('/spaces/:space/gate', 'gate', gate, { request: GateRequest, answer: GateAnswer, refusals: ['used'] }),
  get('/spaces/:space/view', 'view', view, { answer: ViewAnswer, refusals: ['clientTooOld'] }),
  post('/spaces/:space/find', 'find', find, { request: FindRequest, answer: FindAnswer, refusals: ['tooMany'] }),

  post('/spaces/:space/files', 'upload', files, {
    request: FileRequest,
    answer: FileProgress,
    refusals: ['badFile', 'overQuota'],
  }),
  put('/spaces/:space/files/:hash', 'upload', chunk, {
    request: 'bytes',
    maxBytes: maxChunkBytes,
    query: ChunkQuery,
    answer: FileProgress,
    refusals: ['badFile', 'hashMismatch'],
  }),
  get('/spaces/:space/files/:hash', 'readFiles', file, { answer: 'bytes' }),

  post('/spaces/:space/forms/:form/ticket', 'push', ticket, {
    request: TicketRequest,
    answer: TicketAnswer,
    refusals: ['used'],
  }),
  get('/spaces/:space/forms/:form/rates', 'pull', rates, { answer: RatesAnswer, refusals: ['notFound'] }),
  post('/ballots', 'bearer', ballot, {
    request: BallotRequest,
    maxBytes: maxBallotBytes,
    answer: Done,
    refusals: ['notFound'],
  }),
]
