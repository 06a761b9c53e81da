import type { FormRecord } from '../../../../core/form/form.ts'
import { leastShown } from '../../../../core/form/groups.ts'
import { analyseItems, type ItemResult } from '../../../../core/form/items.ts'
import type { Words } from '../../../../core/form/question.ts'
import type { Steps } from '../../../../core/steps.ts'
import { countedOf, questionsOf } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'

export type LabelledItem = ItemResult & { label: Words }

/**
 * The items of a test as it is asked now, of those who answered just this version; of an anonymous one none below five,
 * since few marks tell whose answers they are.
 */
export function* itemsOf(space: OpenSpace, form: FormRecord): Steps<LabelledItem[]> {
  if (form.purpose !== 'preTest' && form.purpose !== 'postTest') return []
  const questions = questionsOf(space, form)
  const counted = countedOf(space, form).filter(({ version }) => version === form.version)
  if (form.anonymous && counted.length < leastShown) return []
  const given = counted.map(({ answers }) => answers)
  return (yield* analyseItems(questions, given)).map((item) => {
    const label = questions.find(({ name }) => name === item.name)?.label
    return { ...item, label: label ?? { id: item.name, en: item.name } }
  })
}
