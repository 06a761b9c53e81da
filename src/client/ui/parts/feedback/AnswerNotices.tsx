import { type FormRecord, windowOf } from '../../../../core/form/form.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useWords } from '../../words.ts'
import { Notice } from '../Notice.tsx'

/**
 * Before the first question: who will see the answers, and what becomes of them outside of the form's time. `aloud`: a
 * facilitator reads the questions and hears the answers.
 */
export function AnswerNotices({ space, form, aloud }: { space: OpenSpace; form: FormRecord; aloud?: boolean }) {
  const t = useWords('questions')
  const state = form.deleted ? 'deleted' : windowOf(form, space.now())
  const seen = form.anonymous ? (aloud ? 'anonymousAloud' : 'anonymous') : 'named'
  return (
    <>
      {state !== 'open' && <Notice kind="warn">{t(`notOpen.${state}`)}</Notice>}
      {(form.anonymous || !aloud) && <Notice kind="info">{t(`seenBy.${seen}`)}</Notice>}
    </>
  )
}
