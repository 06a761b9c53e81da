import type { HeldSpace } from '../../../state/spaces.ts'
import { Icon, type IconName } from '../../parts/Icon.tsx'
import { useWords } from '../../words.ts'

/** Where an event's data is, in the order in which it gets safer: this device only, the server, the server's backup. */
export function WhereFacts({ row, localOnly }: { row: HeldSpace; localOnly: number }) {
  const t = useWords('status')
  const backedUp = Math.min(row.backedUpThrough, row.head)
  const places: [IconName, string, string][] = [
    ['device', t('place.device'), t('place.count', { count: localOnly })],
    ['sent', t('place.server'), row.head > 0 ? t('place.count', { count: row.head }) : t('place.notYet')],
    ['check', t('place.backup'), backupWords()],
  ]

  function backupWords(): string {
    if (backedUp === 0) return t('place.noBackup')
    return backedUp === row.head ? t('place.all') : t('place.countOf', { count: backedUp, total: row.head })
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
