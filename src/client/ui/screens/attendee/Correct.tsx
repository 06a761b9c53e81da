import { useState } from 'preact/hooks'
import { tidyLine } from '../../../../core/name.ts'
import { correctOwn } from '../../../state/attendee.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { AskedFields } from '../../parts/person/AskedFields.tsx'
import { changedFields, emptyPerson, toPersonDraft } from '../../parts/person/personDraft.ts'
import { SaveFailed } from '../../parts/SaveFailed.tsx'
import { useSaving } from '../../useSaving.ts'
import { useWords } from '../../words.ts'
import { AttendeeFrame } from './AttendeeFrame.tsx'

/** Puts right what was typed of oneself; the signature stays as it was given. */
export function Correct(props: { space: OpenSpace; person: string; onDone: () => void }) {
  const t = useWords('attendee')
  const { space } = props
  const [before] = useState(() => {
    const held = space.people.value.get(props.person)
    return held ? toPersonDraft(held) : emptyPerson
  })
  const [draft, setDraft] = useState(before)
  const { busy, failure, save } = useSaving()
  const isNameMissing = tidyLine(draft.name) === ''

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    if (isNameMissing) return
    if (await save(() => correctOwn(space, props.person, changedFields(before, draft)))) props.onDone()
  }
  return (
    <AttendeeFrame
      title={t('correctTitle')}
      above={space.event.value?.title}
      actions={
        <>
          <SaveFailed failure={failure} />
          <button type="button" onClick={props.onDone}>
            {t('cancel')}
          </button>
          <button type="submit" form="attendee-correct" class="primary" disabled={busy}>
            {busy ? t('saving') : t('save')}
          </button>
        </>
      }
    >
      <form id="attendee-correct" noValidate onSubmit={submit}>
        <AskedFields
          space={space}
          asks={space.signIn.value.asks}
          draft={draft}
          onChange={setDraft}
          nameError={isNameMissing ? t('required') : undefined}
        />
      </form>
    </AttendeeFrame>
  )
}
