import { useSignal } from '@preact/signals'
import type { ComponentChild } from 'preact'
import { useMemo } from 'preact/hooks'
import type { FormReport } from '../../../../core/form/report.ts'
import { InTurn } from '../../parts/InTurn.tsx'
import { QuestionSection } from './QuestionSection.tsx'

/** The questions of a report; typing into one's search draws nothing but the texts anew. */
export function useSections({ questions }: FormReport): ComponentChild[] {
  const typed = useSignal('')
  return useMemo(
    () =>
      questions.map((reported) => (
        <InTurn key={`${reported.number} ${reported.question.name}`}>
          <QuestionSection reported={reported} typed={typed} />
        </InTurn>
      )),
    [questions, typed],
  )
}
