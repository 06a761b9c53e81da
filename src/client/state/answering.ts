import type { Answers } from '../../core/form/answer.ts'
import { type FormRecord, windowOf } from '../../core/form/form.ts'
import { ownAttendance, ownPeople } from './attendee.ts'
import type { Ballots } from './ballots.ts'
import { attemptsLeft, findForm, listForms, submitResponse, versionsOf } from './forms.ts'
import type { OpenSpace } from './openSpace.ts'

/** A form with the persons who may still answer it from here, at least one. */
export type AskedForm = { form: FormRecord; people: string[] }

/** Whether a person may answer a form from here; an anonymous one once, as far as this device can know. */
export function mayAnswer(space: OpenSpace, ballots: Ballots, form: FormRecord, person: string): boolean {
  return form.anonymous ? !ballots.isAnswered(space.id, form.id, person) : attemptsLeft(space, form, person)
}

/** Where the answers of a person to a version are kept while they are given. */
export function answerDraft(space: string, form: Pick<FormRecord, 'id' | 'version'>, person: string): string {
  return `response:${space}:${form.id}:${form.version}:${person}`
}

/**
 * The form as somebody began to answer it, where a draft of his is kept: what is asked stays the version that he saw,
 * though another was published since.
 */
export function begunForm(space: OpenSpace, form: FormRecord, person: string, drafts: readonly string[]): FormRecord {
  const versions = [...versionsOf(space).values()].filter((version) => version.form === form.id)
  const isBegun = (version: string) => drafts.includes(answerDraft(space.id, { id: form.id, version }, person))
  const begun = isBegun(form.version) ? undefined : versions.find(({ id }) => isBegun(id))
  return begun ? { ...form, version: begun.id } : form
}

/**
 * The forms that wait for these persons: those that are open now, and those that somebody began and did not send, also
 * when they were closed or deleted since. `drafts`: the keys of what is kept and unsaved.
 */
export function askedForms(
  space: OpenSpace,
  ballots: Ballots,
  people: readonly string[],
  drafts: readonly string[],
): AskedForm[] {
  const isBegun = (form: FormRecord, person: string) =>
    drafts.some((key) => key.startsWith(`response:${space.id}:${form.id}:`) && key.endsWith(`:${person}`))
  const begun = drafts.map((key) => key.split(':')).filter(([kind, of]) => kind === 'response' && of === space.id)
  const deleted = [...new Set(begun.map(([, , id]) => id))].flatMap((id) => {
    const form = findForm(space, id)
    return form?.deleted ? [form] : []
  })
  return [...listForms(space), ...deleted].flatMap((form): AskedForm[] => {
    const isOpen = windowOf(form, space.now()) === 'open'
    const asked = people.filter(
      (person) => mayAnswer(space, ballots, form, person) && (isOpen || isBegun(form, person)),
    )
    return asked.length > 0 ? [{ form, people: asked }] : []
  })
}

/** The forms that wait for whoever was signed in on an attendee's phone. */
export function ownForms(space: OpenSpace, ballots: Ballots, drafts: readonly string[] = []): AskedForm[] {
  const seen = new Set(ownAttendance(space).map(({ person }) => person))
  const people = ownPeople(space).filter(({ id }) => seen.has(id))
  return askedForms(
    space,
    ballots,
    people.map(({ id }) => id),
    drafts,
  )
}

/** [S1] Keeps answers once, on the way that the form takes; `false`: this person had answered from here already. */
export async function submitAnswers(
  space: OpenSpace,
  ballots: Ballots,
  input: { form: FormRecord; person: string; answers: Answers },
  draft: string,
): Promise<boolean> {
  if (input.form.anonymous) return ballots.keep({ space: space.id, ...input }, draft)
  if (!attemptsLeft(space, input.form, input.person)) return false
  await submitResponse(space, input, draft)
  return true
}
