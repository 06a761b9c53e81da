import { fail, ok, type Result } from '../../core/result.ts'
import { Done } from '../../protocol/account.ts'
import type { Failure } from '../../protocol/failure.ts'
import {
  AccountAnswer,
  type NewAccountRequest,
  ResetCodeAnswer,
  type ResetRequest,
  SsoAnswer,
  type SsoRequest,
  WaysInAnswer,
} from '../../protocol/ownAccount.ts'
import {
  NewPasskeyChallenge,
  type NewPasskeyRequest,
  PasskeyChallenge,
  type PasskeySignInRequest,
} from '../../protocol/passkey.ts'
import type { OtherAccount } from './account.ts'
import type { Engine } from './engine.ts'
import type { Identity } from './identity.ts'
import type { Answer, Link } from './link.ts'

type Entered = Promise<Result<undefined, Failure | OtherAccount>>

/** The account of who uses this device: the ways into it, and where it is used. Each call needs a network. */
export type OwnAccount = {
  waysIn: () => Answer<WaysInAnswer>
  passkeyChallenge: () => Answer<PasskeyChallenge>
  signInWithPasskey: (assertion: PasskeySignInRequest) => Entered
  reset: (request: ResetRequest) => Entered
  /** Goes on after the identity provider has led back here. */
  finishSso: () => Entered
  startSso: (why: SsoRequest['for']) => Answer<SsoAnswer>
  /** For the passkey with which an account is made. */
  firstPasskeyChallenge: (space: string) => Answer<NewPasskeyChallenge>
  /** Makes an account for a device that joined this event by a code. */
  create: (space: string, person: NewAccountRequest) => Entered

  read: () => Answer<AccountAnswer>
  rename: (name: string) => Answer<Done>
  changePassword: (current: string, password: string) => Answer<Done>
  newPasskeyChallenge: () => Answer<NewPasskeyChallenge>
  addPasskey: (made: NewPasskeyRequest) => Answer<Done>
  /** `null` removes it. */
  changePasskey: (id: string, name: string | null) => Answer<Done>
  /** `null`: all others. */
  signOutElsewhere: (device: string | null) => Answer<Done>
  makeResetCode: (email: string) => Answer<ResetCodeAnswer>
}

export type OwnAccountParts = { link: Link; identity: Identity; engine: Engine }

/** What a person does with his own account. */
export function createOwnAccount({ link, identity, engine }: OwnAccountParts): OwnAccount {
  const { ask } = link
  const post = (path: string, request: unknown = {}) => ask(Done, 'POST', path, request)

  /**
   * The server knows who is here: this browser becomes that account's device, unless it holds another person's work.
   */
  async function enter(done: Answer<Done>): Entered {
    const answer = await done
    if (!answer.ok) return answer
    const failure = await identity.refresh()
    if (failure) return fail(failure)
    if (!identity.known().account) return fail({ kind: 'otherAccount' as const })
    const enrolled = await identity.enrol({})
    if (!enrolled.ok) return enrolled
    engine.trigger('start')
    return ok(undefined)
  }

  return {
    waysIn: () => ask(WaysInAnswer, 'GET', '/sign-in'),
    passkeyChallenge: () => ask(PasskeyChallenge, 'POST', '/sign-in/passkey-challenge', {}),
    signInWithPasskey: (assertion) => enter(post('/sign-in/passkey', assertion)),
    reset: (request) => enter(post('/reset', request)),
    finishSso: () => enter(Promise.resolve(ok({ done: true as const }))),
    startSso: (why) => ask(SsoAnswer, 'POST', '/sso', { for: why }),
    firstPasskeyChallenge: (space) => ask(NewPasskeyChallenge, 'POST', `/spaces/${space}/passkey-challenge`, {}),
    create: (space, person) => enter(post(`/spaces/${space}/account`, person)),

    read: () => ask(AccountAnswer, 'GET', '/account'),
    rename: async (name) => {
      const answer = await post('/account/name', { name })
      if (answer.ok) await identity.refresh()
      return answer
    },
    changePassword: (current, password) => post('/account/password', { current, password }),
    newPasskeyChallenge: () => ask(NewPasskeyChallenge, 'POST', '/account/passkey-challenge', {}),
    addPasskey: (made) => post('/account/passkeys', made),
    changePasskey: (id, name) => post('/account/passkeys/change', { id, name }),
    signOutElsewhere: (device) => post('/account/sign-outs', { device }),
    makeResetCode: (email) => ask(ResetCodeAnswer, 'POST', '/reset-codes', { email }),
  }
}
