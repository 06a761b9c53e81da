import { type ConsentKind, consentKinds, ticked } from '../../../../core/consent.ts'
import type { SessionRecord } from '../../../../core/event.ts'
import { isFields, listOf, numberOf, textOf } from '../../../../core/fields.ts'
import { tidyLine } from '../../../../core/name.ts'
import type { WallCode } from '../../../../core/rotatingCode.ts'
import { consentsFor } from '../../../../core/signIn.ts'
import type { SignIn } from '../../../state/attendee.ts'
import { emptyPerson, filledFields, type PersonDraft, parsePersonDraft } from '../../parts/person/personDraft.ts'
import { emptyProof, type Proof, parseProof, toCheckIn } from '../../parts/person/proof.ts'

/** An invited person who recognised himself. */
export type Found = { id: string; name: string; institution: string }

/** What an attendee has typed and drawn, until it is saved. */
export type AttendeeDraft = {
  step: 'data' | 'signature'
  /** Empty: the session of the moment. */
  session: string
  found: Found | undefined
  person: PersonDraft
  proof: Proof
  consents: ConsentKind[]
  /** As typed; `wallCodeAt` says when (corrected time, epoch ms). */
  wallCode: string
  wallCodeAt: number
}

export const emptyDraft: AttendeeDraft = {
  step: 'data',
  session: '',
  found: undefined,
  person: emptyPerson,
  proof: emptyProof,
  consents: [],
  wallCode: '',
  wallCodeAt: 0,
}

export const draftKey = (space: string) => `attend:${space}`

export function parseDraft(stored: unknown): AttendeeDraft | undefined {
  if (!isFields(stored)) return undefined
  const [person, proof] = [parsePersonDraft(stored.person), parseProof(stored.proof)]
  if (!person || !proof) return undefined
  const held = isFields(stored.found) ? stored.found : {}
  const found = { id: textOf(held, 'id'), name: textOf(held, 'name'), institution: textOf(held, 'institution') }
  return {
    step: stored.step === 'signature' ? 'signature' : 'data',
    session: textOf(stored, 'session'),
    found: found.id ? found : undefined,
    person,
    proof,
    consents: listOf(stored.consents, (kind) => consentKinds.find((known) => known === kind)),
    wallCode: textOf(stored, 'wallCode'),
    wallCodeAt: numberOf(stored, 'wallCodeAt') ?? 0,
  }
}

/** Whose name stands below the line to sign on. */
export const nameOf = ({ found, person }: AttendeeDraft) => found?.name ?? tidyLine(person.name)

/** Whether mail can reach the person; whoever was found may have given an address with the invitation. */
export const hasAddress = ({ found, person }: AttendeeDraft) => Boolean(found || person.email.trim())

/** What is saved. */
export function toSignIn(draft: AttendeeDraft, session: SessionRecord, wallCode: WallCode | undefined): SignIn {
  const { found, person, proof, consents } = draft
  const { method: _, ...evidence } = toCheckIn(proof, session, 'own')
  return {
    ...evidence,
    fields: found ? {} : filledFields(person),
    ...(found && { person: found.id }),
    ...(wallCode && { wallCode }),
    consents: ticked(consentsFor(consents, hasAddress(draft))),
  }
}
