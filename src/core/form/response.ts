import type { Fact } from '../facts.ts'
import { flagOf, objectOf, textOf } from '../fields.ts'
import { type Space, standingFacts } from '../fold.ts'
import type { Change, Fields } from '../op.ts'
import { canonicalIds } from '../person.ts'
import { compareStamps, type Stamp } from '../stamp.ts'
import type { Steps } from '../steps.ts'
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
 * The fact that a form was filled in; a repeated delivery is the same fact. `late` is said of anonymous ones alone, whose
 * time is not their own.
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

/** Reads response by response what takes `readResponses` most of its time, which it finds done afterwards. */
export function* readAhead(space: Space): Steps<void> {
  for (const fact of standingFacts(space, 'response')) {
    answersOf(fact)
    yield
  }
}

/**
 * The responses to a form by time, every attempt of every person. To an anonymous form only those count that came through
 * its ballot box, each for one ticket.
 */
export function readResponses(space: Space, form: FormRecord): Response[] {
  const canonical = canonicalIds(space)
  const everOpen = { ...form, open: true, deleted: false }
  const responses: Response[] = []
  for (const fact of standingFacts(space, 'response')) {
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
export function countedResponses(responses: Response[], { attempts }: Pick<FormRecord, 'attempts'>): Response[] {
  const given = new Map<string, number>()
  const last = new Map<string, Response>()
  const counted: Response[] = []
  for (const response of responses) {
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
