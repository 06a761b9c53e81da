import type { ReadonlySignal } from '@preact/signals'
import { type Space, standingFacts } from '../../core/fold.ts'
import type { Answers } from '../../core/form/answer.ts'
import {
  type FormPurpose,
  type FormRecord,
  type FormVersion,
  publishVersion,
  readForms,
  readFormVersions,
  setForm,
} from '../../core/form/form.ts'
import { groupInSteps } from '../../core/form/groups.ts'
import { type Question, wordsIn } from '../../core/form/question.ts'
import { type GroupRate, type Rate, ratesBy } from '../../core/form/rate.ts'
import {
  countedResponses,
  countInSteps,
  type Response,
  readResponses,
  readResponsesInSteps,
  respond,
} from '../../core/form/response.ts'
import { leadingRole } from '../../core/role.ts'
import type { Steps } from '../../core/steps.ts'
import type { OpenSpace } from './openSpace.ts'
import { findPerson } from './people.ts'

type Forms = {
  all: ReadonlySignal<Map<string, FormRecord>>
  versions: ReadonlySignal<Map<string, FormVersion>>
  responses: Map<string, ReadonlySignal<Response[]>>
}

const formsBySpace = new WeakMap<OpenSpace, Forms>()

function formsOf(space: OpenSpace): Forms {
  const held = formsBySpace.get(space)
  if (held) return held
  const made = { all: space.view(readForms), versions: space.view(readFormVersions), responses: new Map() }
  formsBySpace.set(space, made)
  return made
}

/** In which order an event needs its forms. */
const inOrder: FormPurpose[] = ['preTest', 'pulse', 'speaker', 'postTest', 'evaluation', 'assessment', 'followUp']

/** The forms of an event that were not deleted, in the order in which an event needs them, then by title. */
export function listForms(space: OpenSpace): FormRecord[] {
  const forms = [...formsOf(space).all.value.values()].filter(({ deleted }) => !deleted)
  const placeOf = ({ purpose, title, id }: FormRecord) => `${inOrder.indexOf(purpose)} ${title.id} ${id}`
  return forms.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
}

/** A form, also a deleted one: who was filling it in still sends what he wrote. */
export function findForm(space: OpenSpace, id: string | undefined): FormRecord | undefined {
  return id === undefined ? undefined : formsOf(space).all.value.get(id)
}

/** Every published version of the space's forms, by id. */
export function versionsOf(space: OpenSpace): Map<string, FormVersion> {
  return formsOf(space).versions.value
}

/** What a form asks now, by its current version. */
export function questionsOf(space: OpenSpace, form: FormRecord): Question[] {
  return versionsOf(space).get(form.version)?.questions ?? []
}

type Named = Pick<FormRecord, 'title' | 'purpose' | 'speaker' | 'speakerName'>

/**
 * The speaker whom a form is about, or `''`. An attendee's phone has no record of him: there the form brings the name
 * that he had when it was saved.
 */
export function speakerOf(space: OpenSpace, { purpose, speaker, speakerName }: Named): string {
  return purpose === 'speaker' && speaker ? (findPerson(space, speaker)?.name ?? speakerName) : ''
}

/** What a form is called: two about different speakers have the same title often. */
export function formTitle(space: OpenSpace, form: Named, language: string): string {
  return [wordsIn(form.title, language), speakerOf(space, form)].filter(Boolean).join(' – ')
}

/** Every response to a form, each attempt of each person. */
export function responsesOf(space: OpenSpace, form: FormRecord): Response[] {
  const { responses } = formsOf(space)
  const held = responses.get(form.id) ?? space.view((now) => readResponsesTo(now, form.id))
  responses.set(form.id, held)
  return held.value
}

/**
 * The same, read step by step: of thousands `responsesOf` takes longer than a page may be busy. What comes meanwhile
 * may be among them or not.
 */
export function readInSteps(space: OpenSpace, form: FormRecord): Steps<Response[]> {
  return readResponsesInSteps(space.view((now) => now).value, form)
}

/** Those of them that count (core/form/response.ts). */
export function* countedOf(space: OpenSpace, form: FormRecord): Steps<Response[]> {
  return yield* countInSteps(yield* readInSteps(space, form), form)
}

/** Whether anybody has answered any form of the event. */
export function isAnyAnswered(space: OpenSpace): boolean {
  return space.view((now) => standingFacts(now, 'response').next().done === false).value
}

function readResponsesTo(space: Space, id: string): Response[] {
  const form = readForms(space).get(id)
  return form ? readResponses(space, form) : []
}

/** Whether a person may still answer. */
export function attemptsLeft(space: OpenSpace, form: FormRecord, person: string): boolean {
  if (form.attempts === 0) return true
  return responsesOf(space, form).filter((response) => response.person === person).length < form.attempts
}

export type FormDraft = { form: Partial<Omit<FormRecord, 'id' | 'version'>>; questions: Question[] }

/** Writes a form and, where they changed, its questions as a new version, in one op. Says the form's id. */
export async function saveForm(
  space: OpenSpace,
  id: string | undefined,
  after: FormDraft,
  draft?: string,
): Promise<string> {
  const form = id ?? space.newId()
  const held = findForm(space, id)
  const speaker = after.form.speaker ? findPerson(space, after.form.speaker) : undefined
  const changes = [setForm(form, { ...after.form, ...(speaker && { speakerName: speaker.name }) })]
  const isSame = held && JSON.stringify(questionsOf(space, held)) === JSON.stringify(after.questions)
  if (!isSame) {
    const numbers = [...versionsOf(space).values()]
      .filter((version) => version.form === form)
      .map(({ number }) => number)
    const number = Math.max(0, ...numbers) + 1
    changes.push(...publishVersion({ id: space.newId(), form, number, questions: after.questions }))
  }
  await space.commit(changes, draft)
  return form
}

/** Takes a form away, or brings it back; its answers stay. */
export async function deleteForm(space: OpenSpace, form: string, deleted = true): Promise<void> {
  await space.commit([setForm(form, { deleted })])
}

/** One response, once: the draft that it came from goes in the same commit. */
export async function submitResponse(
  space: OpenSpace,
  input: { form: FormRecord; person: string; answers: Answers },
  draft: string,
): Promise<void> {
  const { form, person, answers } = input
  await space.commit([respond({ form: form.id, version: form.version, person, answers })], draft)
}

/** By what responses can be told apart. Anonymous ones cannot. */
export const groupings = ['institution', 'role', 'sex'] as const
export type Grouping = (typeof groupings)[number]

/** Those of the responses in each group that is large enough to be shown, largest first; a response a step. */
export function groupResponses(space: OpenSpace, responses: readonly Response[], by: Grouping) {
  return groupInSteps(responses, ({ person: id }) => {
    const person = findPerson(space, id)
    if (!person) return ''
    return by === 'role' ? leadingRole(person.roles) : person[by]
  })
}

/** Who was seen at the event, or at the session that a form is about. */
export function presentFor(space: OpenSpace, form: FormRecord): Set<string> {
  const present = new Set<string>()
  for (const [session, people] of space.attendance.value)
    if (!form.session || form.session === session) for (const person of people.keys()) present.add(person)
  return present
}

/** How many of those who were seen at the event, or at the form's session, have answered. */
export function responseRate(space: OpenSpace, form: FormRecord): Rate {
  const answered = countedResponses(responsesOf(space, form), form).length
  return { answered, present: presentFor(space, form).size }
}

/**
 * The rate of each role, and of each session's people, a person a step; who answered at all counts in every session
 * where he was seen. Of an anonymous form nobody's device knows who answered. `responses`: those that count.
 */
export function* responseRates(
  space: OpenSpace,
  form: FormRecord,
  responses: readonly Response[],
): Steps<{ roles: GroupRate[]; sessions: GroupRate[] }> {
  if (form.anonymous) return { roles: [], sessions: [] }
  const answered = new Set(responses.map(({ person }) => person))
  const roleOf = (id: string) => leadingRole(findPerson(space, id)?.roles ?? [])
  const sessions: GroupRate[] = []
  for (const { id } of space.sessions.value) {
    if (form.session && form.session !== id) continue
    const people = space.attendance.value.get(id)?.keys() ?? []
    const rate = (yield* ratesBy(people, answered, () => '')).get('')
    if (rate) sessions.push({ group: id, ...rate })
  }
  const byRole = yield* ratesBy(presentFor(space, form), answered, roleOf)
  const roles = [...byRole].map(([group, rate]) => ({ group, ...rate }))
  return { roles: roles.sort((a, b) => b.present - a.present || (a.group < b.group ? -1 : 1)), sessions }
}
