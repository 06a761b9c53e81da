import { useLocation } from 'preact-iso'
import type { EventRecord } from '../../../../core/event.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { findPerson } from '../../../state/people.ts'
import { InEvent } from '../../parts/InEvent.tsx'
import { Screen } from '../../parts/Screen.tsx'
import type { ScreenProps } from '../../routes.ts'
import { eventPath } from '../../useSession.ts'
import { useWords } from '../../words.ts'
import { PersonDetail } from './PersonDetail.tsx'

/** One person of an event on a screen of their own. */
export function PersonScreen({ space: id, person }: ScreenProps) {
  return (
    <InEvent id={id}>{(space, event) => <OfPerson key={person} {...{ space, event }} id={person ?? ''} />}</InEvent>
  )
}

function OfPerson({ space, event, id }: { space: OpenSpace; event: EventRecord; id: string }) {
  const t = useWords('people')
  const { query } = useLocation()
  return (
    <Screen
      title={findPerson(space, id)?.name || t('person')}
      above={event.title}
      back={eventPath(space.id, 'peserta', query)}
    >
      <PersonDetail space={space} event={event} id={id} />
    </Screen>
  )
}
