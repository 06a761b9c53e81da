import { classOfGain, type GainResult } from '../../../../core/form/gain.ts'
import { wordsIn } from '../../../../core/form/question.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { findPerson } from '../../../state/people.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useLanguage, useWords } from '../../words.ts'
import { changeWords, useNumbers } from './numbers.ts'
import { TableBehind } from './ResultTable.tsx'
import type { Gain } from './testPair.ts'

/** What people knew before and after, of those who took both tests (N-gain, domain.md 5.2). */
export function GainResults({ space, gains }: { space: OpenSpace; gains: Gain[] }) {
  const t = useWords('results')
  const language = useLanguage()
  if (gains.length === 0) return <Notice kind="info">{t('gain.noPair')}</Notice>
  return (
    <>
      {gains.map(({ before, after, result }) => (
        <GainCard
          key={after.id}
          space={space}
          id={`gain-${after.id}`}
          title={t('gain.of', { before: wordsIn(before.title, language), after: wordsIn(after.title, language) })}
          result={result}
        />
      ))}
    </>
  )
}

function GainCard({ space, id, title, result }: { space: OpenSpace; id: string; title: string; result: GainResult }) {
  const t = useWords('results')
  const language = useLanguage()
  const { decimal } = useNumbers()
  const classed = (gain: number | undefined) =>
    gain === undefined ? '–' : `${decimal(gain)} (${t(`gain.classes.${classOfGain(gain)}`)})`
  const rowOf = ({ person, before, after, gain }: GainResult['byPerson'][number]) => [
    findPerson(space, person)?.name ?? '–',
    decimal(before, 0),
    decimal(after, 0),
    classed(gain),
  ]
  const head = [t('gain.person'), t('gain.before'), t('gain.after'), t('gain.gain')]
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {result.paired === 0 ? (
        <p>{t('gain.nobody')}</p>
      ) : (
        <>
          <p class="lead">
            {t('gain.means', {
              before: decimal(result.meanBefore, 1),
              after: decimal(result.meanAfter, 1),
              change: changeWords(t, language, [result.meanBefore, result.meanAfter], 1),
            })}
          </p>
          <dl class="details">
            <div>
              <dt>{t('gain.meanGain')}</dt>
              <dd>{classed(result.meanGain)}</dd>
            </div>
            <div>
              <dt>{t('gain.classGain')}</dt>
              <dd>{classed(result.classGain)}</dd>
            </div>
          </dl>
          <p class="soft">
            {t('gain.paired', { count: result.paired })}
            {result.full > 0 && ` ${t('gain.full', { count: result.full })}`}
          </p>
          <TableBehind
            caption={`${title}: ${t('gain.person')}`}
            count={result.byPerson.length}
            tableOf={(count) => ({ head, rows: result.byPerson.slice(0, count).map(rowOf) })}
          />
        </>
      )}
    </section>
  )
}
