import { useEffect, useMemo, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { may } from '../../../../core/access.ts'
import type { EventRecord } from '../../../../core/event.ts'
import type { HistoryEntry } from '../../../../core/history.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useApp } from '../../app.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { InEvent } from '../../parts/InEvent.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { WindowedList } from '../../parts/WindowedList.tsx'
import type { ScreenProps } from '../../routes.ts'
import { useWords } from '../../words.ts'
import { AuditList } from './AuditList.tsx'
import { EntryDetail } from './EntryDetail.tsx'
import { EntryRow } from './EntryRow.tsx'
import { ExportHistory } from './ExportHistory.tsx'
import { HistoryFilters } from './HistoryFilters.tsx'
import { filterEntries, idsOf, type Shown, showEntries } from './shownEntries.ts'

/**
 * What was done in an event, by whom and when: from the ops on this device, also without a network; and what the server
 * saw.
 */
export function History({ space: id }: ScreenProps) {
  const t = useWords('history')
  return (
    <InEvent id={id}>
      {(space, event) => (
        <Screen title={t('title')} above={event.title} back={`/kegiatan/${space.id}`} wide>
          {may(space.role.value, 'history') ? (
            <OfEvent space={space} event={event} />
          ) : (
            <Notice kind="info">{t('notAllowed')}</Notice>
          )}
        </Screen>
      )}
    </InEvent>
  )
}

function OfEvent({ space, event }: { space: OpenSpace; event: EventRecord }) {
  const t = useWords('history')
  const { path, query } = useLocation()
  const device = query.perangkat ? `perangkat=${encodeURIComponent(query.perangkat)}` : ''
  return (
    <>
      <nav class="buttons one-of" aria-label={t('which')}>
        <a class="button" href={`?${device}`} aria-current={query.server === undefined ? 'page' : undefined}>
          {t('ofEvent')}
        </a>
        <a
          class="button"
          href={device ? `?server&${device}` : '?server'}
          aria-current={query.server !== undefined ? 'page' : undefined}
        >
          {t('ofServer')}
        </a>
      </nav>
      {query.server === undefined ? (
        <Ops space={space} event={event} />
      ) : (
        <AuditList key={query.perangkat} space={space.id} dev={query.perangkat} all={`${path}?server`} />
      )}
    </>
  )
}

function Ops({ space, event }: { space: OpenSpace; event: EventRecord }) {
  const t = useWords('history')
  const ofLines = useWords('historyWords')
  const { spaces } = useApp()
  const { query } = useLocation()
  const [entries, setEntries] = useState<HistoryEntry[] | undefined>(undefined)
  const [typed, setTyped] = useState('')
  const [open, setOpen] = useState<Shown | undefined>(undefined)
  const { seq } = space.progress.value
  const unsent = space.unsent.value.count
  useEffect(() => {
    spaces.history(space.id).then(setEntries)
  }, [spaces, space.id, seq, unsent])
  const names = [space.devices.value, space.people.value, space.sessions.value]
  /** 10,000 lines are put into words once, not at each letter of a search. */
  const all = useMemo(() => showEntries({ t, ofLines }, space, entries ?? []), [t, ofLines, space, entries, ...names])
  if (!entries) return <p role="status">{t('loading')}</p>
  const person = query.orang ? idsOf(space, query.orang) : undefined
  const shown = filterEntries(all, { kind: query.jenis, dev: query.perangkat, person, text: typed })
  return (
    <>
      <HistoryFilters entries={all} typed={typed} setTyped={setTyped} />
      <p role="status">{t('count', { count: shown.length })}</p>
      {open && <EntryDetail space={space} event={event} shown={open} onClose={() => setOpen(undefined)} />}
      {shown.length === 0 ? (
        <EmptyState title={t('empty')}>
          <p>{t('emptyHint')}</p>
        </EmptyState>
      ) : (
        <WindowedList
          label={t('title')}
          items={shown}
          keyOf={({ entry }) => `${entry.dev}.${entry.n}`}
          rowRem={6.5}
          row={(one) => <EntryRow shown={one} zone={event.zone} onOpen={() => setOpen(one)} />}
        />
      )}
      <ExportHistory space={space} event={event} shown={shown} />
    </>
  )
}
