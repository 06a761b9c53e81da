import type { FormRecord } from '../../../../core/form/form.ts'
import { type GainResult, gainInSteps } from '../../../../core/form/gain.ts'
import { pairScores, type TakenTest } from '../../../../core/form/report.ts'
import type { Steps } from '../../../../core/steps.ts'
import { listForms, readInSteps, versionsOf } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'

type TestPair = { before: FormRecord; after: FormRecord }
export type Gain = TestPair & { result: GainResult }

/** Every post-test with the pre-test that it names; one that names none has the only one there is. */
function listPairs(space: OpenSpace): TestPair[] {
  const forms = listForms(space)
  const preTests = forms.filter(({ purpose }) => purpose === 'preTest')
  const only = preTests.length === 1 ? preTests[0] : undefined
  return forms.flatMap((after) => {
    if (after.purpose !== 'postTest') return []
    const before = after.pairedWith ? preTests.find(({ id }) => id === after.pairedWith) : only
    return before ? [{ before, after }] : []
  })
}

/** What people knew before and after, of 100, of those who took both: for each pair that a test is part of. */
export function* gainsWith(space: OpenSpace, form: FormRecord): Steps<Gain[]> {
  function* testOf(form: FormRecord): Steps<TakenTest> {
    return { form, responses: yield* readInSteps(space, form), versions: versionsOf(space) }
  }
  const gains: Gain[] = []
  for (const pair of listPairs(space)) {
    if (pair.before.id !== form.id && pair.after.id !== form.id) continue
    const scores = yield* pairScores(yield* testOf(pair.before), yield* testOf(pair.after))
    gains.push({ ...pair, result: yield* gainInSteps(scores, 100) })
  }
  return gains
}
