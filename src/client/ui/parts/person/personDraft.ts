import { nipDigits, readNip } from '../../../../core/nip.ts'
import type { Fields } from '../../../../core/op.ts'
import { type Person, type PersonFields, readPerson } from '../../../../core/person.ts'
import { normalisePhone } from '../../../../core/phone.ts'
import type { Day } from '../../../../core/time.ts'

/** A person as a form holds it: texts as they were typed. */
export type PersonDraft = Omit<PersonFields, 'invited' | 'deleted'>

export const emptyPerson: PersonDraft = {
  name: '',
  numberKind: 'none',
  nip: '',
  rank: '',
  position: '',
  institution: '',
  sex: '',
  phone: '',
  email: '',
  roles: ['peserta'],
  note: '',
}

export function toPersonDraft({ id: _id, invited: _invited, deleted: _deleted, ...draft }: Person): PersonDraft {
  return draft
}

/** What comes out of a draft's row is plain data. */
export function isFields(stored: unknown): stored is Fields {
  return typeof stored === 'object' && stored !== null && !Array.isArray(stored)
}

export function parsePersonDraft(stored: unknown): PersonDraft | undefined {
  return isFields(stored) ? toPersonDraft(readPerson('', { fields: stored })) : undefined
}

/** What was typed to find somebody who is not there: digits are a number, the rest is a name. */
export function draftFromSearch(typed: string): PersonDraft {
  const text = typed.trim()
  if (normalisePhone(text) && /^[\d\s()+.-]+$/.test(text)) return { ...emptyPerson, phone: text }
  if (/^\d{5,}$/.test(nipDigits(text))) return { ...emptyPerson, nip: text, numberKind: 'pns' }
  return { ...emptyPerson, name: text }
}

/**
 * A number as it is typed: PNS and PPPK are recognised, and so is the sex (digit 15) unless another was chosen. `NRP`
 * is of the army and the police and is not read.
 */
export function typeNumber(draft: PersonDraft, nip: string, today: Day): PersonDraft {
  if (draft.numberKind === 'nrp') return { ...draft, nip }
  if (nip.trim() === '') return { ...draft, nip, numberKind: 'none' }
  const [before, after] = [readNip(draft.nip, today), readNip(nip, today)]
  if (after.kind === 'invalid') return { ...draft, nip, numberKind: 'pns' }
  const untouched = draft.sex === '' || (before.kind !== 'invalid' && before.sex === draft.sex)
  return { ...draft, nip, numberKind: after.kind, sex: untouched ? after.sex : draft.sex }
}

/** What is stored of a draft: trimmed, the number as digits, a mobile number as `+62…` and any other as it was typed. */
export function toPersonFields(draft: PersonDraft): PersonDraft {
  const texts = Object.entries(draft).map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value])
  const phone = draft.phone.trim()
  return {
    ...draft,
    ...Object.fromEntries(texts),
    nip: draft.numberKind === 'none' ? '' : nipDigits(draft.nip).replace(/\D/g, ''),
    phone: normalisePhone(phone) ?? phone,
  }
}

/** The fields that a new person brings: empty ones are not written, since another device may have filled them. */
export function filledFields(draft: PersonDraft): Partial<PersonDraft> & { nip: string } {
  const fields = toPersonFields(draft)
  const filled = Object.entries(fields).filter(([, value]) => value !== '' && value.length > 0)
  return { ...Object.fromEntries(filled), nip: fields.nip }
}

/** The fields in which a form differs from the record, and nothing else: what another device changed meanwhile stays. */
export function changedFields(before: PersonDraft, draft: PersonDraft): Partial<PersonDraft> {
  const held = new Map<string, unknown>(Object.entries(before))
  const isChanged = ([name, value]: [string, unknown]) => JSON.stringify(held.get(name)) !== JSON.stringify(value)
  return Object.fromEntries(Object.entries(toPersonFields(draft)).filter(isChanged))
}
