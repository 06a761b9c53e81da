import type { Fact } from '../facts.ts'
import { flagOf, objectOf, textOf } from '../fields.ts'
import { type Space, standingFacts } from '../fold.ts'
import type { Change, Fields } from '../op.ts'
import { canonicalIds } from '../person.ts'
import { compareStamps, type Stamp } from '../stamp.ts'
import { finish, type Steps } from '../steps.ts'
import { type Answers, readAnswers } from './answer.ts'
import { ballotBox } from './ballot.ts'
import { type FormRecord, windowOf } from './form.ts'

export type Response = {
  /** The fact's id. */
  id: string
  form: string
  version: string
  /** The canonical person, or `''` in an anonymous form. */
  person: string
  answers: Answers
  stamp: Stamp
  /** Given before the form opened or after it closed: kept, and shown as such. */
  late: boolean
}

/**
 * The fact that a form was filled in; a repeated delivery is the same fact. `late` is said of anonymous ones alone,
 * whose time is not their own.
 */
export function respond(input: {
  form: string
  version: string
  person: string
  answers: Answers
  late?: boolean
}): Change {
  const { form, version, person, answers, late } = input
  const fields = { f: form, v: version, ...(person && { p: person }), a: answers, ...(late && { l: true }) }
  return { type: 'add', kind: 'response', fields }
}

/** Answers as they were read: a fact never changes. */
const readings = new WeakMap<Fields, Answers>()

function answersOf({ fields }: Pick<Fact, 'fields'>): Answers {
  const given = objectOf(fields.a)
  const answers = readings.get(given) ?? readAnswers(given)
  readings.set(given, answers)
  return answers
}

/**
 * The responses to a form by time, every attempt of every person. To an anonymous form only those count that came
 * through its ballot box, each for one ticket.
 */
export function readResponses(space: Space, form: FormRecord): Response[] {
  return finish(readResponsesInSteps(space, form))
}

/** The same in steps, a response each. */
export function* readResponsesInSteps(space: Space, form: FormRecord): Steps<Response[]> {
  const canonical = canonicalIds(space)
  const everOpen = { ...form, open: true, deleted: false }
  const responses: Response[] = []
  for (const fact of standingFacts(space, 'response')) {
    yield
    const { id, fields, stamp } = fact
    if (textOf(fields, 'f') !== form.id || (form.anonymous && stamp.dev !== ballotBox(form.id))) continue
    const written = textOf(fields, 'p')
    responses.push({
      id,
      form: form.id,
      version: textOf(fields, 'v'),
      person: form.anonymous ? '' : (canonical.get(written) ?? written),
      answers: answersOf(fact),
      stamp,
      late: form.anonymous ? flagOf(fields, 'l') : windowOf(everOpen, stamp.at) !== 'open',
    })
  }
  return responses.sort((a, b) => compareStamps(a.stamp, b.stamp))
}

/** One response of each person, the last of those that the form allows; anonymous ones all. */
export function countedResponses(...given: Parameters<typeof countInSteps>): Response[] {
  return finish(countInSteps(...given))
}

/** The same in steps, a response each. */
export function* countInSteps(
  responses: readonly Response[],
  { attempts }: Pick<FormRecord, 'attempts'>,
): Steps<Response[]> {
  const given = new Map<string, number>()
  const last = new Map<string, Response>()
  const counted: Response[] = []
  for (const response of responses) {
    yield
    const { person } = response
    if (!person) {
      counted.push(response)
      continue
    }
    const before = given.get(person) ?? 0
    if (attempts > 0 && before >= attempts) continue
    given.set(person, before + 1)
    last.set(person, response)
  }
  return [...counted, ...last.values()]
}
