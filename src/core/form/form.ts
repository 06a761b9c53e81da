import { flagOf, numberOf, oneOf, textOf } from '../fields.ts'
import type { Entry, Space } from '../fold.ts'
import type { Change } from '../op.ts'
import { type Question, readQuestions, readWords, type Words, writeQuestion } from './question.ts'

export const formPurposes = ['evaluation', 'speaker', 'preTest', 'postTest', 'pulse', 'assessment', 'followUp'] as const
/** What a form is for (domain.md 5); decides what its results show. */
export type FormPurpose = (typeof formPurposes)[number]

export type FormRecord = {
  id: string
  title: Words
  intro: Words
  purpose: FormPurpose
  /** The session that it is about, or `''` for the whole event. */
  session: string
  /** The person whom a speaker's evaluation is about, or `''`. */
  speaker: string
  /** His name as it was when the form was saved, for phones that have no record of him. */
  speakerName: string
  /** Answers are never tied to a person or a device (SECURITY.md). */
  anonymous: boolean
  /** Somebody has looked at it and opened it; a draft is shown to organizers only. */
  open: boolean
  /** Epoch ms; `undefined` has no end of that side. */
  opensAt: number | undefined
  closesAt: number | undefined
  /** How often one person may answer; the last answer counts. 0 is without limit. */
  attempts: number
  shuffleQuestions: boolean
  shuffleChoices: boolean
  /** The post-test's pre-test: results are paired by person. */
  pairedWith: string
  /** The id of the version that is asked now. */
  version: string
  deleted: boolean
}

/** What was asked: never changed once it was written, so that an answer stays tied to what it answers. */
export type FormVersion = { id: string; form: string; number: number; questions: Question[] }

function readForm(id: string, { fields }: Entry): FormRecord {
  return {
    id,
    title: readWords(fields.title),
    intro: readWords(fields.intro),
    purpose: oneOf(fields, 'purpose', formPurposes, 'evaluation'),
    session: textOf(fields, 'session'),
    speaker: textOf(fields, 'speaker'),
    speakerName: textOf(fields, 'speakerName'),
    anonymous: flagOf(fields, 'anonymous'),
    open: flagOf(fields, 'open'),
    opensAt: numberOf(fields, 'opensAt'),
    closesAt: numberOf(fields, 'closesAt'),
    attempts: numberOf(fields, 'attempts') ?? 1,
    shuffleQuestions: flagOf(fields, 'shuffleQuestions'),
    shuffleChoices: flagOf(fields, 'shuffleChoices'),
    pairedWith: textOf(fields, 'pairedWith'),
    version: textOf(fields, 'version'),
    deleted: flagOf(fields, 'deleted'),
  }
}

/** Every form, also deleted ones: who was filling one in when it was deleted still sends what he wrote. */
export function readForms(space: Space): Map<string, FormRecord> {
  return new Map([...(space.records.get('form') ?? [])].map(([id, entry]) => [id, readForm(id, entry)]))
}

/** Every version that was ever published, by its id: answers stay tied to theirs. */
export function readFormVersions(space: Space): Map<string, FormVersion> {
  const versions = new Map<string, FormVersion>()
  for (const [id, { fields }] of space.records.get('formVersion') ?? [])
    versions.set(id, {
      id,
      form: textOf(fields, 'form'),
      number: numberOf(fields, 'number') ?? 1,
      questions: readQuestions(fields.questions),
    })
  return versions
}

/** Sets these fields of a form; what is given as `undefined` is emptied. */
export function setForm(id: string, fields: Partial<Omit<FormRecord, 'id'>>): Change {
  const given = Object.entries(fields).map(([field, value]) => [field, value ?? null])
  return { type: 'set', kind: 'form', id, fields: Object.fromEntries(given) }
}

/** Writes a version once, and makes it the one that is asked. */
export function publishVersion({ id, form, number, questions }: FormVersion): Change[] {
  const fields = { form, number, questions: questions.map(writeQuestion) }
  return [{ type: 'set', kind: 'formVersion', id, fields }, setForm(form, { version: id })]
}

/** Whether a form takes answers now. What arrives outside of its window is kept and marked late. */
export function windowOf(form: FormRecord, now: number): 'draft' | 'before' | 'open' | 'closed' {
  if (!form.open) return 'draft'
  if (form.deleted || (form.closesAt !== undefined && now > form.closesAt)) return 'closed'
  return form.opensAt !== undefined && now < form.opensAt ? 'before' : 'open'
}
