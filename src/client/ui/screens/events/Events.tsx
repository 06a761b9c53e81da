import { useApp } from '../../app.ts'
import { Screen } from '../../parts/Screen.tsx'
import { useWords } from '../../words.ts'
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
  return identity.value.enrolled || rows.length > 0 ? <EventList rows={rows} /> : <Welcome />
}
