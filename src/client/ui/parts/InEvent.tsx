import type { ComponentChildren } from 'preact'
import type { EventRecord } from '../../../core/event.ts'
import type { OpenSpace } from '../../state/openSpace.ts'
import { useSpace } from '../useSpace.ts'
import { useWords } from '../words.ts'
import { Screen } from './Screen.tsx'

/** What a screen of an event shows once the event is open; before, and when it is not on this device, it says so. */
export function InEvent(props: {
  id: string | undefined
  children: (space: OpenSpace, event: EventRecord) => ComponentChildren
}) {
  const t = useWords('shell')
  const space = useSpace(props.id)
  const event = space?.event.value
  if (space && event) return <>{props.children(space, event)}</>
  if (space === null)
    return (
      <Screen title={t('eventNotHere')} back="/">
        <p>{t('eventNotHereHint')}</p>
        <a class="button" href="/">
          {t('toEvents')}
        </a>
      </Screen>
    )
  return (
    <Screen title={t('openingEvent')} back="/">
      <p aria-busy="true" />
    </Screen>
  )
}
