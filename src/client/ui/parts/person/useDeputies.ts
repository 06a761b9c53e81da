import { useMemo } from 'preact/hooks'
import { findDeputies } from '../../../../core/deputies.ts'
import type { SessionRecord } from '../../../../core/event.ts'
import type { Person } from '../../../../core/person.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'

/** Who came to a session in whose place, by the invited person; found anew only when people or attendance changed. */
export function useDeputies(space: OpenSpace, session: SessionRecord | undefined): Map<string, Person> {
  const people = space.people.value
  const attended = session && space.attendance.value.get(session.id)
  return useMemo(() => findDeputies(people, attended), [people, attended])
}
