import { useEffect, useState } from 'preact/hooks'
import type { EventRecord, SessionRecord } from '../../../../core/event.ts'
import type { Drafts } from '../../../state/drafts.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { findPerson } from '../../../state/people.ts'
import { useApp } from '../../app.ts'
import { PersonRow } from '../../parts/person/PersonRow.tsx'
import { isBlank } from '../../parts/person/proof.ts'
import { eventPath } from '../../useSession.ts'
import { useWords } from '../../words.ts'
import { parseSignDraft, parseWalkInDraft, signDraftKey, walkInDraftKey } from './drafts.ts'

/** Who was begun at a session and not saved: people of the list by id, and the name of somebody new. */
type Begun = { people: string[]; newName: string | undefined }

async function readBegun(drafts: Drafts, space: string, session: string): Promise<Begun> {
  const prefix = signDraftKey(space, session, '')
  const people: string[] = []
  for (const key of await drafts.keys()) {
    if (!key.startsWith(prefix)) continue
    const draft = parseSignDraft(await drafts.read(key))
    if (draft && !isBlank(draft.proof)) people.push(key.slice(prefix.length))
  }
  const walkIn = parseWalkInDraft(await drafts.read(walkInDraftKey(space, session)))
  const isBegun = walkIn && (walkIn.person.name.trim() !== '' || !isBlank(walkIn.proof))
  return { people, newName: isBegun ? walkIn.person.name.trim() : undefined }
}

/** What was drawn or typed at this session and left without saving, and the way back to it. */
export function Unsaved(props: { space: OpenSpace; event: EventRecord; session: SessionRecord }) {
  const t = useWords('checkIn')
  const { space, event, session } = props
  const { drafts } = useApp()
  const [begun, setBegun] = useState<Begun | undefined>(undefined)
  useEffect(() => {
    let gone = false
    readBegun(drafts, space.id, session.id).then((found) => {
      if (!gone) setBegun(found)
    })
    return () => {
      gone = true
    }
  }, [drafts, space, session.id])
  const attended = space.attendance.value.get(session.id)
  const people = (begun?.people ?? [])
    .flatMap((id) => findPerson(space, id) ?? [])
    .filter(({ id }) => !attended?.has(id))
  if (people.length === 0 && begun?.newName === undefined) return null
  return (
    <section class="stack" aria-labelledby="unsaved">
      <h2 id="unsaved">{t('unsaved')}</h2>
      <ul class="rows">
        {begun?.newName !== undefined && (
          <li>
            <a class="person-row" href={eventPath(space.id, 'baru', { sesi: session.id })}>
              <span class="person-name">{begun.newName || t('nameless')}</span>
              <span class="person-office">{t('newPerson')}</span>
            </a>
          </li>
        )}
        {people.map((person) => (
          <li key={person.id}>
            <PersonRow
              href={eventPath(space.id, `hadir/${person.id}`, { sesi: session.id })}
              person={person}
              attendance={undefined}
              zone={event.zone}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
