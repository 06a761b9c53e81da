import { leastShown } from '../../../../core/form/groups.ts'
import type { Measure } from '../../../../core/form/measure.ts'
import { useLanguage, useWords } from '../../words.ts'
import { nameOfMeasure } from './measureNames.ts'
import { useNumbers } from './numbers.ts'
import { ResultTable } from './ResultTable.tsx'
import type { SpeakerMeans } from './speakerMeans.ts'

/** The speakers of an event beside each other, in what this form asks; the team's, and on no page that is handed out. */
export function SpeakerTable({ measures, speakers }: { measures: Measure[]; speakers: SpeakerMeans[] }) {
  const t = useWords('results')
  const language = useLanguage()
  const { decimal } = useNumbers()
  if (measures.length === 0 || speakers.length < 2) return null
  const head = [t('item'), ...speakers.map(({ name }) => name)]
  const rows = [
    [t('speakers.counted'), ...speakers.map(({ counted }) => String(counted))],
    [t('speakers.all'), ...speakers.map(({ all }) => decimal(all))],
    ...measures.map((measure, i) => [
      nameOfMeasure(t, measure, language),
      ...speakers.map(({ means }) => decimal(means[i])),
    ]),
  ]
  return (
    <div class="stack">
      <h2>{t('speakers.title')}</h2>
      <ResultTable caption={t('speakers.title')} table={{ head, rows }} />
      <p class="soft">{t('speakers.hint', { least: leastShown })}</p>
    </div>
  )
}
