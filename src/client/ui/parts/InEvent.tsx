import type { ComponentChildren } from 'preact'
import type { EventRecord } from '../../../core/event.ts'
import type { OpenSpace } from '../../state/openSpace.ts'
import { useApp } from '../app.ts'
import { useSpace } from '../useSpace.ts'
import { useWords } from '../words.ts'
import { failureWords } from './failureWords.ts'
import { Notice } from './Notice.tsx'
import { Screen } from './Screen.tsx'

/** What a screen of an event shows once the event is open; before, and when it is not on this device, it says so. */
export function InEvent(props: {
  id: string | undefined
  children: (space: OpenSpace, event: EventRecord) => ComponentChildren
}) {
  const t = useWords('shell')
  const { wipedAt } = useApp().identity.value
  const space = useSpace(props.id)
  const event = space?.event.value
  if (space && event) return <>{props.children(space, event)}</>
  if (space === null)
    return (
      <Screen title={t('eventNotHere')} back="/">
        {wipedAt !== undefined && <p role="alert">{t('eventNotHereWiped')}</p>}
        <p>{t('eventNotHereHint')}</p>
        <a class="button" href="/">
          {t('toEvents')}
        </a>
      </Screen>
    )
  return space ? <Unread id={space.id} /> : <Opening />
}

function Opening() {
  const t = useWords('shell')
  return (
    <Screen title={t('openingEvent')} back="/">
      <p aria-busy="true" />
    </Screen>
  )
}

/** The server did not answer. */
const unreached = ['offline', 'timeout', 'notHadir']

/** An event of which this device holds no more than what was put back from a second copy, or that it has just joined. */
function Unread({ id }: { id: string }) {
  const t = useWords('shell')
  const { sync, identity, status, syncNow } = useApp()
  const { lastContactAt, running, refusals } = sync.value
  /** What another event alone was refused says nothing about this one. */
  const isOfOther = [...refusals.values()].some((refusal) => refusal === sync.value.failure)
  const failure = refusals.get(id) ?? (isOfOther ? undefined : sync.value.failure)
  const isSignedOut = lastContactAt !== undefined && !identity.value.enrolled
  const isUnreached = failure !== undefined && unreached.includes(failure.kind)
  if (!failure && !isSignedOut) return <Opening />
  const waits = isUnreached || isSignedOut
  const { count, parked } = status.unsent.value.get(id) ?? { count: 0, parked: 0 }
  return (
    <Screen
      title={t(waits ? 'eventWaits' : 'eventFailed')}
      back="/"
      actions={
        failure && (
          <button type="button" class="primary" onClick={syncNow} aria-disabled={running}>
            {t('tryAgain')}
          </button>
        )
      }
    >
      {failure && !waits && <Notice kind="warn">{failureWords(t, failure)}</Notice>}
      {waits && <p role="status">{t('eventWaitsHint')}</p>}
      {count + parked > 0 && <p>{t('eventWaitsUnsent')}</p>}
    </Screen>
  )
}
