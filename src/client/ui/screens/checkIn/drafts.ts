import { isFields, listOf } from '../../../../core/fields.ts'
import { isRole, type Role } from '../../../../core/role.ts'
import { type PersonDraft, parsePersonDraft } from '../../parts/person/personDraft.ts'
import { type Proof, parseProof } from '../../parts/person/proof.ts'

/** What is on the form of a person who signs, until it is saved. */
export type SignDraft = { roles: Role[]; proof: Proof }

/** What is on the form of somebody who is not on the list. */
export type WalkInDraft = { person: PersonDraft; proof: Proof }

export function signDraftKey(space: string, session: string, person: string): string {
  return `checkIn:${space}:${session}:${person}`
}

export function walkInDraftKey(space: string, session: string): string {
  return `walkIn:${space}:${session}`
}

export function parseSignDraft(stored: unknown): SignDraft | undefined {
  if (!isFields(stored)) return undefined
  const proof = parseProof(stored.proof)
  return proof && { proof, roles: listOf(stored.roles, (role) => (isRole(role) ? role : undefined)) }
}

export function parseWalkInDraft(stored: unknown): WalkInDraft | undefined {
  if (!isFields(stored)) return undefined
  const [person, proof] = [parsePersonDraft(stored.person), parseProof(stored.proof)]
  return person && proof && { person, proof }
}
