import { fromBase64Url, toBase64Url } from '../../core/bytes.ts'
import { type Pass, preparePass, type ReadPass } from '../../core/pass.ts'
import type { DeviceRow } from '../db/schema.ts'
import { isSignedBy, sign } from './deviceKey.ts'

/** Signing and checking personal passes with the keys of devices: nothing of it needs a network. */
export type Passes = {
  /** This device as an issuer: its id and public key, for the log. */
  issuer: () => { dev: string; publicKey: string }
  /** The texts of codes, in the order of the passes. */
  sign: (passes: Pass[]) => Promise<string[]>
  isSigned: (pass: ReadPass, issuerKey: string) => Promise<boolean>
}

/** Passes signed with this device's key, without a network. */
export function createPasses(device: () => DeviceRow): Passes {
  async function signOne(by: DeviceRow, pass: Pass): Promise<string> {
    const { toSign, finish } = preparePass(pass, by.dev)
    return finish(fromBase64Url(await sign(by, toSign)) ?? new Uint8Array())
  }
  return {
    issuer: () => ({ dev: device().dev, publicKey: device().publicKey }),
    sign: (passes) => Promise.all(passes.map((pass) => signOne(device(), pass))),
    isSigned: (pass, key) => isSignedBy(key, pass.toSign, toBase64Url(pass.signature)),
  }
}
