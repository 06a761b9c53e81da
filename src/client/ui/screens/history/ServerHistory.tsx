import { useLocation } from 'preact-iso'
import { Screen } from '../../parts/Screen.tsx'
import { useWords } from '../../words.ts'
import { AuditList } from './AuditList.tsx'

/** What the server saw in all events: for organizers and auditors of the whole organization. */
export function ServerHistory() {
  const t = useWords('history')
  const { path, query } = useLocation()
  return (
    <Screen title={t('allTitle')} back="/">
      <AuditList key={query.perangkat} space="*" dev={query.perangkat} all={path} />
    </Screen>
  )
}
