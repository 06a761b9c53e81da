import { useEffect } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { useApp } from '../../app.ts'
import { Screen } from '../../parts/Screen.tsx'
import { useWords } from '../../words.ts'
import { Ended } from './Ended.tsx'
import { EventList } from './EventList.tsx'
import { Welcome } from './Welcome.tsx'

/** The first screen: what this is for who is new here, else the events of this device. */
export function Events() {
  const t = useWords('events')
  const { identity, spaces } = useApp()
  const rows = spaces.rows.value
  if (rows === undefined)
    return (
      <Screen title={t('title')} first>
        <p role="status">{t('opening')}</p>
      </Screen>
    )
  if (spaces.ended.value.length > 0) return <Ended />
  const { account, enrolled, wipedAt } = identity.value
  const isAttendees = rows.length > 0 && !account && rows.every(({ role }) => role === 'attendee')
  /** What was lost is said here alone, to be read first. */
  if (isAttendees && wipedAt === undefined) return <OfAttendee />
  return enrolled || rows.length > 0 ? <EventList rows={rows} /> : <Welcome />
}

/** A phone that only ever signed in finds its own events and receipts. */
function OfAttendee() {
  const { route } = useLocation()
  useEffect(() => route('/m', true), [])
  return null
}
