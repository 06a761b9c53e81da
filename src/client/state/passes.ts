import type { Change } from '../../core/op.ts'
import { introduceIssuer, type PassRecord, readIssuers, readPasses, setPass } from '../../core/pass.ts'
import type { OpenSpace } from './openSpace.ts'

/** This device as one that signs passes. */
export type Issuer = { dev: string; publicKey: string }

/** So many passes are one op: well below what a server takes. */
const passesPerOp = 300

/** Every pass of an event by id, revoked ones too. */
export function passesOf(space: OpenSpace): Map<string, PassRecord> {
  return space.view(readPasses).value
}

/** The public keys by which passes of this event are checked, by device. */
export function issuersOf(space: OpenSpace): Map<string, string> {
  return space.view(readIssuers).value
}

/** The pass that each person may use now, by person; of several the one that holds longest. */
export function usablePasses(space: OpenSpace, now: number): Map<string, PassRecord> {
  const usable = new Map<string, PassRecord>()
  for (const pass of passesOf(space).values()) {
    if (pass.revoked || pass.expiresAt <= now) continue
    const held = usable.get(pass.person)
    if (!held || held.expiresAt < pass.expiresAt) usable.set(pass.person, pass)
  }
  return usable
}

/**
 * The change that makes this device known as an issuer, or none where it is: every printed pass is signed by who prints
 * it.
 */
function introduction(space: OpenSpace, { dev, publicKey }: Issuer): Change[] {
  return issuersOf(space).get(dev) === publicKey ? [] : [introduceIssuer(dev, publicKey)]
}

/** Makes the issuer's key known to the event, once: whoever scans a pass offline looks it up there. */
export async function introduce(space: OpenSpace, issuer: Issuer): Promise<void> {
  const changes = introduction(space, issuer)
  if (changes.length > 0) await space.commit(changes)
}

/** Gives each of these persons a pass; a person's earlier ones stay as they are. */
export async function issuePasses(
  space: OpenSpace,
  people: readonly string[],
  issuer: Issuer,
  expiresAt: number,
): Promise<void> {
  const passes = people.map((person) => setPass(space.newId(), { person, expiresAt, revoked: false }))
  await introduce(space, issuer)
  for (let from = 0; from < passes.length; from += passesPerOp)
    await space.commit(passes.slice(from, from + passesPerOp))
}

/** The pass opens nothing any more, wherever this op has arrived. */
export async function revokePass(space: OpenSpace, id: string): Promise<void> {
  await space.commit([setPass(id, { revoked: true })])
}

/** A new pass in place of a lost one, which opens nothing any more: one op. */
export async function reissuePass(space: OpenSpace, lost: PassRecord, issuer: Issuer): Promise<void> {
  const { person, expiresAt } = lost
  const renewed = setPass(space.newId(), { person, expiresAt, revoked: false })
  await space.commit([...introduction(space, issuer), setPass(lost.id, { revoked: true }), renewed])
}
