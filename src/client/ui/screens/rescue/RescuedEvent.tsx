import type { RescuedBatch } from '../../../sync/rescue.ts'
import { localMoment } from '../../dates.ts'
import { Icon } from '../../parts/Icon.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { opSubject } from '../../parts/opWords.ts'
import { useSpaceBeside } from '../../useSpace.ts'
import { useLanguage, useWords } from '../../words.ts'

/** Parts of the log are thousands of ops by everybody: they are counted, not listed. */
const isListed = ({ message }: RescuedBatch) => 'push' in message

type Row = { name: string; wall: number; body: string; outcome: string }

function rowsOf(batches: RescuedBatch[]): Row[] {
  return batches.flatMap(({ ops, outcomes }) =>
    ops.map(({ dev, n, wall, body }, i) => ({ name: `${dev}.${n}`, wall, body, outcome: outcomes?.[i] ?? 'waiting' })),
  )
}

/** One event of a rescue file: how many ops, and once the server has answered what became of each. */
export function RescuedEvent({ space, batches }: { space: string; batches: RescuedBatch[] }) {
  const t = useWords('rescue')
  const language = useLanguage()
  const open = useSpaceBeside(space)
  const title = open?.event.value?.title
  const rows = rowsOf(batches)
  const taken = rows.filter(({ outcome }) => outcome === 'committed')
  const refused = rows.filter(({ outcome }) => outcome !== 'committed' && outcome !== 'waiting')
  const isWaiting = rows.some(({ outcome }) => outcome === 'waiting')
  const isUnseen = open && batches.some(({ ops }) => ops.some(({ dev }) => !open.devices.value.has(dev)))
  return (
    <article class="space-status">
      <h3>{title ?? t('unknownEvent')}</h3>
      <p>{t('ops', { count: rows.length })}</p>
      {isWaiting && batches.some((batch) => batch.carried && isListed(batch)) && <p>{t('carried')}</p>}
      {isWaiting && isUnseen && <Notice kind="warn">{t('unseen')}</Notice>}
      {taken.length > 0 && (
        <p class="tag tag-ok">
          <Icon name="sent" />
          {t('taken', { count: taken.length })}
        </p>
      )}
      {refused.length > 0 && (
        <p class="tag tag-danger">
          <Icon name="warning" />
          {t('refused', { count: refused.length })}
        </p>
      )}
      <details open={refused.length > 0} hidden={!batches.some(isListed)}>
        <summary>{t('eachOp')}</summary>
        <ul class="parked">
          {rowsOf(batches.filter(isListed)).map(({ name, wall, body, outcome }) => (
            <li key={name}>
              {t(`op.${opSubject(body)}`)}, {localMoment(wall, language)}: {t(`outcome.${outcome}`)}
            </li>
          ))}
        </ul>
      </details>
    </article>
  )
}
