import { isFields } from '../../../../core/fields.ts'
import { tidyLine } from '../../../../core/name.ts'
import { nipDigits, readNip } from '../../../../core/nip.ts'
import { type Person, type PersonFields, readPerson } from '../../../../core/person.ts'
import { normalisePhone } from '../../../../core/phone.ts'
import type { Day } from '../../../../core/time.ts'

/** What is stored of a person from a form. */
type StoredFields = Omit<PersonFields, 'invited' | 'deleted'>

/** A person as a form holds it: texts as they were typed. */
export type PersonDraft = StoredFields & {
  /** The sex was chosen by hand: the number no longer changes it. */
  sexChosen: boolean
}

export const emptyPerson: PersonDraft = {
  name: '',
  numberKind: 'none',
  nip: '',
  rank: '',
  position: '',
  institution: '',
  sex: '',
  sexChosen: false,
  phone: '',
  email: '',
  roles: ['peserta'],
  note: '',
}

export function toPersonDraft({ id: _id, invited: _invited, deleted: _deleted, ...draft }: Person): PersonDraft {
  return { ...draft, sexChosen: false }
}

export function parsePersonDraft(stored: unknown): PersonDraft | undefined {
  if (!isFields(stored)) return undefined
  return { ...toPersonDraft(readPerson('', { fields: stored })), sexChosen: stored.sexChosen === true }
}

/** What was typed to find somebody who is not there: digits are a number, the rest is a name. */
export function draftFromSearch(typed: string, today: Day): PersonDraft {
  const text = typed.trim()
  if (normalisePhone(text) && /^[\d\s()+.-]+$/.test(text)) return { ...emptyPerson, phone: text }
  if (/^\d{5,}$/.test(nipDigits(text))) return typeNumber(emptyPerson, text, today)
  return { ...emptyPerson, name: text }
}

/**
 * A number as it is typed: PNS and PPPK are recognised, and so is the sex (digit 15). What was read of a number goes with
 * it when it is no longer complete; what was chosen, or contradicts the number, stays. `NRP` is of the army and the
 * police and is not read.
 */
export function typeNumber(draft: PersonDraft, nip: string, today: Day): PersonDraft {
  if (draft.numberKind === 'nrp') return { ...draft, nip }
  const [before, after] = [readNip(draft.nip, today), readNip(nip, today)]
  const wasRead = before.kind !== 'invalid'
  const follows = !draft.sexChosen && (draft.sex === '' || (wasRead && before.sex === draft.sex))
  const kept = { ...draft, nip, sex: follows ? '' : draft.sex } as const
  if (nip.trim() === '') return { ...kept, numberKind: 'none' }
  if (after.kind === 'invalid')
    return { ...kept, numberKind: wasRead || draft.numberKind === 'none' ? 'pns' : draft.numberKind }
  return { ...kept, numberKind: after.kind, sex: follows ? after.sex : draft.sex }
}

/** What is stored of a draft: lines tidied, the number as digits, a mobile number as `+62…` and any other as typed. */
export function toPersonFields({ sexChosen: _sexChosen, ...draft }: PersonDraft): StoredFields {
  const texts = Object.entries(draft).map(([name, value]) => [
    name,
    typeof value === 'string' ? tidyLine(value) : value,
  ])
  const phone = tidyLine(draft.phone)
  return {
    ...draft,
    ...Object.fromEntries(texts),
    nip: draft.numberKind === 'none' ? '' : nipDigits(draft.nip).replace(/\D/g, ''),
    phone: normalisePhone(phone) ?? phone,
  }
}

/** The fields that a new person brings: empty ones are not written, since another device may have filled them. */
export function filledFields(draft: PersonDraft): Partial<StoredFields> & { nip: string } {
  const fields = toPersonFields(draft)
  const filled = Object.entries(fields).filter(([, value]) => value !== '' && value.length > 0)
  return { ...Object.fromEntries(filled), nip: fields.nip }
}

/** The fields in which a form differs from the record, and nothing else: what another device changed meanwhile stays. */
export function changedFields(before: PersonDraft, draft: PersonDraft): Partial<StoredFields> {
  const held = new Map<string, unknown>(Object.entries(before))
  const isChanged = ([name, value]: [string, unknown]) => JSON.stringify(held.get(name)) !== JSON.stringify(value)
  return Object.fromEntries(Object.entries(toPersonFields(draft)).filter(isChanged))
}
