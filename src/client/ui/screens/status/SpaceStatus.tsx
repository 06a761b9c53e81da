import { isUnsure } from '../../../../core/access.ts'
import type { HeldSpace } from '../../../state/spaces.ts'
import { useApp } from '../../app.ts'
import { Icon } from '../../parts/Icon.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { ageParts } from '../../status/age.ts'
import { useNow } from '../../status/StatusLine.tsx'
import { useSpaceBeside } from '../../useSpace.ts'
import { useWords } from '../../words.ts'
import { CarriedOps } from './CarriedOps.tsx'
import { ParkedOps, ReleasedOps } from './ParkedOps.tsx'
import { ParkedPlace } from './ParkedPlace.tsx'
import { RefusedBallots } from './RefusedBallots.tsx'
import { RefusedFiles } from './RefusedFiles.tsx'
import { WhereFacts } from './WhereFacts.tsx'

const nothing = {
  count: 0,
  notes: 0,
  carried: 0,
  ballots: 0,
  parked: 0,
  refused: 0,
  refusedBallots: 0,
  heldBallots: 0,
  unreadBallots: 0,
  files: 0,
  refusedFiles: 0,
  released: 0,
}

/**
 * One event: what the server has, what only this device has, and what was not accepted. `quarantined`: how many ops of
 * other devices wait on the server for a decision of who reads this.
 */
export function SpaceStatus({ row, quarantined }: { row: HeldSpace; quarantined: number }) {
  const t = useWords('status')
  const { identity, status } = useApp()
  const space = useSpaceBeside(row.space)
  const unsent = status.unsent.value.get(row.space)
  const age = ageParts(useNow() - (unsent?.oldestWall ?? 0))
  const {
    count: waiting,
    notes,
    carried,
    ballots,
    files,
    parked,
    refused,
    refusedBallots,
    heldBallots,
    unreadBallots,
    refusedFiles,
    released,
  } = unsent ?? nothing
  const ownParked = parked - refused - refusedBallots - refusedFiles
  /** The server has told of the event's log, and nothing of this device is missing in it; it can be asked, too. */
  const isSent = identity.value.enrolled && waiting + notes === 0 && parked === 0 && row.head > 0
  return (
    <article class="space-status">
      <h3>
        <a href={`/kegiatan/${row.space}`}>{space?.event.value?.title ?? t('unnamed')}</a>
      </h3>
      {waiting > 0 && (
        <p class="tag tag-warn">
          <Icon name="device" />
          {t('waiting', { count: waiting, age: t(`age.${age.unit}`, { count: age.count }) })}
        </p>
      )}
      {carried > 0 && <p class="soft">{t('carried', { count: carried })}</p>}
      {ballots > 0 && <p class="soft">{t('ballots', { count: ballots })}</p>}
      {files > 0 && <p class="soft">{t('files', { count: files })}</p>}
      {notes > 0 && <p class="soft">{t('notes', { count: notes })}</p>}
      {isSent && (
        <p class="tag tag-ok">
          <Icon name="sent" />
          {t('allSent')}
        </p>
      )}
      <WhereFacts row={row} localOnly={waiting + notes} isUnsure={isUnsure(identity.value.enrolled, [row])} />
      {row.seq < row.head && <p class="soft">{t('readPart', { done: row.seq, total: row.head })}</p>}
      {row.revoked && <Notice kind="warn">{t('revoked')}</Notice>}
      {quarantined > 0 && (
        <Notice kind="warn">
          <p>{t('quarantined', { count: quarantined })}</p>
          <a href={`/kegiatan/${row.space}/karantina`}>{t('toQuarantine')}</a>
        </Notice>
      )}
      {parked > 0 && (
        <ParkedPlace space={row.space}>
          {space && ownParked > 0 && <ParkedOps space={space} />}
          {refused > 0 && <CarriedOps space={row.space} count={refused} />}
          {refusedBallots > 0 && (
            <RefusedBallots space={row.space} count={refusedBallots} held={heldBallots} unread={unreadBallots} />
          )}
          {refusedFiles > 0 && <RefusedFiles space={row.space} count={refusedFiles} />}
        </ParkedPlace>
      )}
      {waiting - ballots - files + ownParked + refused > 0 && (
        <a href={`/cadangan-darurat?kegiatan=${row.space}`}>{t('rescueEvent')}</a>
      )}
      {released > 0 && <ReleasedOps space={row.space} count={released} />}
    </article>
  )
}
