import { objectOf } from '../fields.ts'
import type { Entry } from '../fold.ts'

/** A version of a form without its right answers, for the devices of those who are asked. */
export function withoutKey(entry: Entry): Entry {
  const { questions } = entry.fields
  if (!Array.isArray(questions)) return entry
  const asked = questions.map((question) => {
    const { right: _, points: __, ...rest } = objectOf(question)
    return rest
  })
  return { ...entry, fields: { ...entry.fields, questions: asked } }
}
