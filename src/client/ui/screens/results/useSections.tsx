import { useSignal } from '@preact/signals'
import type { ComponentChild } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { FormReport } from '../../../../core/form/report.ts'
import { QuestionSection } from './QuestionSection.tsx'

/** So many at once are drawn on a cheap phone before a finger notices. */
const drawnAtOnce = 2

/** The questions of a report, a few more with each turn; typing into one's search draws nothing but the texts anew. */
export function useSections({ questions }: FormReport): ComponentChild[] {
  const typed = useSignal('')
  const [drawn, setDrawn] = useState(drawnAtOnce)
  const sections = useMemo(
    () =>
      questions.map((reported) => (
        <QuestionSection key={`${reported.number} ${reported.question.name}`} reported={reported} typed={typed} />
      )),
    [questions, typed],
  )
  useEffect(() => {
    if (drawn >= questions.length) return
    const timer = setTimeout(() => setDrawn(drawn + drawnAtOnce))
    return () => clearTimeout(timer)
  }, [drawn, questions.length])
  return sections.slice(0, drawn)
}
