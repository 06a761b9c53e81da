import type { HeldSpace } from '../../../state/spaces.ts'
import { useApp } from '../../app.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { useNoAccount } from '../../useNoAccount.ts'
import { useWords } from '../../words.ts'
import { AccountCard } from './AccountCard.tsx'
import { EventRow } from './EventRow.tsx'
import { Forgotten } from './Forgotten.tsx'
import { InHand } from './InHand.tsx'
import { KeptCopy } from './KeptCopy.tsx'
import { sortEvents } from './sortEvents.ts'
import { useOpenSpaces } from './useOpenSpaces.ts'
import { Wiped } from './Wiped.tsx'

/** The events of this device: what runs or comes first, what is over behind it. */
export function EventList({ rows }: { rows: HeldSpace[] }) {
  const t = useWords('events')
  const { identity, clockOffsetMs, wall } = useApp()
  const { enrolled, organizer } = identity.value
  const noAccount = useNoAccount()
  const opened = useOpenSpaces(rows)
  const { current, past } = sortEvents(rows, opened, wall() + clockOffsetMs())
  return (
    <Screen
      title={t('title')}
      first
      wide
      actions={
        organizer && (
          <a class="button primary" href="/kegiatan/baru">
            <Icon name="plus" />
            {t('create')}
          </a>
        )
      }
    >
      <Wiped />
      <InHand />
      {!enrolled && (
        <Notice kind="warn">
          <p>{t(noAccount ? 'leftOut' : 'sessionEnded')}</p>
          {noAccount ? <a href="/gabung">{t('joinAgain')}</a> : <a href="/masuk">{t('signInAgain')}</a>}
        </Notice>
      )}
      <div class="events">
        <div class="stack">
          {rows.length === 0 && (
            <EmptyState title={t('empty')}>
              <p>{organizer ? t('emptyOrganizer') : t('emptyInvited')}</p>
            </EmptyState>
          )}
          <EventRows label={t('current')} rows={current} opened={opened} />
          <EventRows label={t('past')} rows={past} opened={opened} />
        </div>
        <aside class="stack">
          <AccountCard />
          <Forgotten />
          <a class="button" href="/gabung">
            {t('enterCode')}
          </a>
        </aside>
      </div>
    </Screen>
  )
}

function EventRows(props: { label: string; rows: HeldSpace[]; opened: ReturnType<typeof useOpenSpaces> }) {
  if (props.rows.length === 0) return null
  return (
    <section class="stack">
      <h2>{props.label}</h2>
      <ul class="event-rows">
        {props.rows.map((row) => (
          <li key={row.space} class={row.ended ? 'stack' : undefined}>
            <EventRow row={row} space={props.opened.get(row.space)} />
            {row.ended && <KeptCopy row={row} />}
          </li>
        ))}
      </ul>
    </section>
  )
}
