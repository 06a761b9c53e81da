import type { FormRecord } from '../../../../core/form/form.ts'
import { gainResult } from '../../../../core/form/gain.ts'
import { pairScores } from '../../../../core/form/report.ts'
import { findForm, listForms, responsesOf, versionsOf } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'

/** The pre-test that belongs to a post-test, and the other way round; without a word on it, the only one there is. */
function pairOf(space: OpenSpace, form: FormRecord): { before: FormRecord; after: FormRecord } | undefined {
  const others = listForms(space).filter(
    ({ purpose }) => purpose === (form.purpose === 'preTest' ? 'postTest' : 'preTest'),
  )
  const named = others.find(({ id, pairedWith }) => id === form.pairedWith || pairedWith === form.id)
  const other = findForm(space, named?.id) ?? (others.length === 1 ? others[0] : undefined)
  if (!other) return undefined
  return form.purpose === 'preTest' ? { before: form, after: other } : { before: other, after: form }
}

/** What people knew before and after a test, of 100, of those who took both; `undefined` without the other test. */
export function gainBetween(space: OpenSpace, form: FormRecord) {
  const pair = pairOf(space, form)
  if (!pair) return undefined
  const testOf = (one: FormRecord) => ({ form: one, responses: responsesOf(space, one), versions: versionsOf(space) })
  return gainResult(pairScores(testOf(pair.before), testOf(pair.after)), 100)
}
