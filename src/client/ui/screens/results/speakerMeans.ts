import type { FormRecord } from '../../../../core/form/form.ts'
import { type Measure, valuesOver } from '../../../../core/form/measure.ts'
import type { Response } from '../../../../core/form/response.ts'
import { meanOf } from '../../../../core/form/results.ts'
import type { Steps } from '../../../../core/steps.ts'
import { countedOf, listForms, speakerOf } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { findPerson } from '../../../state/people.ts'

export type SpeakerMeans = {
  speaker: string
  name: string
  /** Responses to all forms about him. */
  counted: number
  /** Of all his ratings together; there is none over scales that differ. */
  all: number | undefined
  /** In the order of the measures. */
  means: (number | undefined)[]
}

/** How the speakers of an event were rated, by name, over all forms about each of them; a response a step. */
export function* speakerMeans(space: OpenSpace, measures: readonly Measure[]): Steps<SpeakerMeans[]> {
  const bySpeaker = new Map<string, FormRecord[]>()
  for (const form of listForms(space)) {
    const speaker = findPerson(space, form.speaker)?.id ?? form.speaker
    if (form.purpose === 'speaker' && speaker) bySpeaker.set(speaker, [...(bySpeaker.get(speaker) ?? []), form])
  }
  const isOneScale = new Set(measures.map(({ most }) => most)).size === 1
  const rows: SpeakerMeans[] = []
  for (const [speaker, forms] of bySpeaker) {
    const answered: { anonymous: boolean; responses: Response[] }[] = []
    for (const form of forms) answered.push({ anonymous: form.anonymous, responses: yield* countedOf(space, form) })
    const values: number[][] = []
    for (const measure of measures) {
      values.push(valuesOver(measure, answered))
      yield
    }
    const [first] = forms
    rows.push({
      speaker,
      name: first ? speakerOf(space, first) : '',
      counted: answered.reduce((sum, { responses }) => sum + responses.length, 0),
      all: isOneScale ? meanOf(values.flat()) : undefined,
      means: values.map(meanOf),
    })
  }
  return rows.sort((a, b) => a.name.localeCompare(b.name, 'id') || (a.speaker < b.speaker ? -1 : 1))
}
