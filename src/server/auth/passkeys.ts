import { createHmac } from 'node:crypto'
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import type { Store } from '../store/store.ts'
import { hashSecret, isSameSecret, newSecret } from './keys.ts'

/** Where passkeys are good: the origin that browsers see, and the name in it that keys are made for. */
export type Site = { origin: string; id: string }
export type NewKey = { id: string; clientDataJSON: string; attestationObject: string }
export type Assertion = { id: string; clientDataJSON: string; authenticatorData: string; signature: string }
type HeldKey = { id: string; key: string; counter: number }

/** Keys in people's authenticators (WebAuthn). Each asks for its person: a finger, a face or a PIN. */
export type Passkeys = {
  /** What is to be signed: for signing in, or by a new key for this account. The server keeps nothing of it. */
  challenge(account: string | undefined, now: number): string
  /** The public key that was made for this challenge, once. */
  readNew(account: string, made: NewKey, site: Site, now: number): Promise<HeldKey | undefined>
  /** The counter that comes with an assertion that this key signed for one of our challenges, once. */
  check(held: HeldKey, assertion: Assertion, site: Site, now: number): Promise<number | undefined>
}

const lifetimeMs = 5 * 60_000

/** Challenges are signed with `secret` and not stored, so that every server of a database knows them. */
export function createPasskeys(secret: string, store: Store): Passkeys {
  const macOf = (account: string, expires: string, chance: string) =>
    createHmac('sha256', secret)
      .update(JSON.stringify(['passkey', account, expires, chance]))
      .digest('base64url')

  function isOurs(challenge: string, account: string, now: number): boolean {
    const [chance = '', expires = '', mac = ''] = Buffer.from(challenge, 'base64url').toString().split('.')
    return isSameSecret(macOf(account, expires, chance), mac) && Number(expires) > now
  }

  /** A challenge serves once: who saw an answer cannot give it again. */
  async function expect<T>(account: string, now: number, verify: (isExpected: (c: string) => boolean) => Promise<T>) {
    let signed = ''
    const isExpected = (challenge: string) => {
      signed = challenge
      return isOurs(challenge, account, now)
    }
    /** The library throws at whatever does not fit. */
    const verified = await verify(isExpected).catch(() => undefined)
    return verified && (await store.spend(hashSecret(signed), now + lifetimeMs, now)) ? verified : undefined
  }

  const common = { type: 'public-key' as const, clientExtensionResults: {} }
  return {
    challenge: (account = '', now) => {
      const [chance, expires] = [newSecret(), String(now + lifetimeMs)]
      return Buffer.from([chance, expires, macOf(account, expires, chance)].join('.')).toString('base64url')
    },
    readNew: async (account, { id, ...response }, site, now) => {
      const verified = await expect(account, now, (expectedChallenge) =>
        verifyRegistrationResponse({
          response: { id, rawId: id, response, ...common },
          expectedChallenge,
          expectedOrigin: site.origin,
          expectedRPID: site.id,
          requireUserVerification: true,
        }),
      )
      const credential = verified?.registrationInfo?.credential
      if (!credential) return undefined
      return {
        id: credential.id,
        key: Buffer.from(credential.publicKey).toString('base64url'),
        counter: credential.counter,
      }
    },
    check: async (held, { id, ...response }, site, now) => {
      const verified = await expect('', now, (expectedChallenge) =>
        verifyAuthenticationResponse({
          response: { id, rawId: id, response, ...common },
          expectedChallenge,
          expectedOrigin: site.origin,
          expectedRPID: site.id,
          credential: { ...held, publicKey: new Uint8Array(Buffer.from(held.key, 'base64url')) },
          requireUserVerification: true,
        }),
      )
      return verified?.verified ? verified.authenticationInfo.newCounter : undefined
    },
  }
}
