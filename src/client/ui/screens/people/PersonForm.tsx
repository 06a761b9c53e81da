import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { isFields } from '../../../../core/fields.ts'
import type { Person } from '../../../../core/person.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { savePerson } from '../../../state/people.ts'
import { FirstFields, MoreFields } from '../../parts/person/PersonFields.tsx'
import { changedFields, type PersonDraft, parsePersonDraft, toPersonDraft } from '../../parts/person/personDraft.ts'
import { SaveFailed } from '../../parts/SaveFailed.tsx'
import { useDraft } from '../../useDraft.ts'
import { useSaving } from '../../useSaving.ts'
import { useWords } from '../../words.ts'

/** The person as it was when the form was first opened, and as it is on the form. */
type Draft = { before: PersonDraft; after: PersonDraft }

function parseDraft(stored: unknown): Draft | undefined {
  if (!isFields(stored)) return undefined
  const [before, after] = [parsePersonDraft(stored.before), parsePersonDraft(stored.after)]
  return before && after && { before, after }
}

/** Every field of a person; only those that were changed are written. */
export function PersonForm({ space, person, onDone }: { space: OpenSpace; person: Person; onDone: () => void }) {
  const t = useWords('people')
  const held = toPersonDraft(person)
  const key = `person:${space.id}:${person.id}`
  const [draft, change, drop] = useDraft<Draft>(key, { before: held, after: held }, parseDraft)
  const { busy, failure, save } = useSaving()
  const [tried, setTried] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const nameless = draft?.after.name.trim() === ''
  const isReady = draft !== undefined
  useLayoutEffect(() => {
    if (isReady) form.current?.querySelector('input')?.focus()
  }, [isReady])

  async function submit(event: Event) {
    event.preventDefault()
    setTried(true)
    if (!draft || nameless) return
    const fields = changedFields(draft.before, draft.after)
    if (Object.keys(fields).length > 0 && !(await save(() => savePerson(space, person.id, fields)))) return
    await close()
  }
  async function close() {
    onDone()
    await drop()
  }
  if (!draft) return null
  const edit = (after: PersonDraft) => change({ ...draft, after })
  return (
    <form ref={form} noValidate onSubmit={submit}>
      <FirstFields
        space={space}
        draft={draft.after}
        onChange={edit}
        nameError={tried && nameless ? t('required') : undefined}
      />
      <MoreFields space={space} draft={draft.after} onChange={edit} />
      <SaveFailed failure={failure} />
      <div class="buttons">
        <button type="submit" class="primary" disabled={busy}>
          {busy ? t('saving') : t('save')}
        </button>
        <button type="button" onClick={close}>
          {t('cancel')}
        </button>
      </div>
    </form>
  )
}
