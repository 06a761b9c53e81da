import type { HeldSpace } from '../../../state/spaces.ts'
import { Icon, type IconName } from '../../parts/Icon.tsx'
import { useWords } from '../../words.ts'

/**
 * Where an event's data is, in the order in which it gets safer: this device only, the server, the server's backup. A
 * tick stands beside what is there, and beside nothing else; `isUnsure` (core/access.ts): that is not known.
 */
export function WhereFacts(props: {
  row: Pick<HeldSpace, 'head' | 'backedUpThrough'>
  localOnly: number
  isUnsure?: boolean
}) {
  const t = useWords('status')
  const { row, localOnly, isUnsure } = props
  const backedUp = Math.min(row.backedUpThrough, row.head)
  const isBackedUp = backedUp > 0 && backedUp === row.head
  const places: [IconName, string, string][] = [
    ['device', t('place.device'), t('place.count', { count: localOnly })],
    [row.head > 0 && !isUnsure ? 'sent' : 'info', t('place.server'), serverWords()],
    [isBackedUp && !isUnsure ? 'check' : 'info', t('place.backup'), backupWords()],
  ]

  function serverWords(): string {
    if (isUnsure) return t('place.unsure')
    return row.head > 0 ? t('place.count', { count: row.head }) : t('place.notYet')
  }

  function backupWords(): string {
    if (isUnsure) return t('place.unsure')
    if (backedUp === 0) return t('place.noBackup')
    return isBackedUp ? t('place.all') : t('place.countOf', { count: backedUp, total: row.head })
  }

  return (
    <dl class="places">
      {places.map(([icon, place, words]) => (
        <div key={place}>
          <dt>
            <Icon name={icon} />
            {place}
          </dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  )
}
