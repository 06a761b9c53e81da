import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { type ConsentKind, ticked } from '../../../../core/consent.ts'
import type { SessionRecord } from '../../../../core/event.ts'
import type { Person } from '../../../../core/person.ts'
import { consentsFor } from '../../../../core/signIn.ts'
import { recordWalkIn } from '../../../state/attendance.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { Notice } from '../../parts/Notice.tsx'
import { AskedFields } from '../../parts/person/AskedFields.tsx'
import { LateField } from '../../parts/person/LateField.tsx'
import { ConsentChoice, RepresentsFields, SignatureFields } from '../../parts/person/ProofFields.tsx'
import { filledFields, type PersonDraft } from '../../parts/person/personDraft.ts'
import { emptyProof, toCheckIn } from '../../parts/person/proof.ts'
import { SaveButton } from '../../parts/person/SaveButton.tsx'
import { useRecording } from '../../parts/person/useRecording.ts'
import { useWords } from '../../words.ts'
import { KioskFrame } from './KioskFrame.tsx'

/** Somebody who is not on the list, or was not found: what the event asks for, and a signature. */
export function NewPerson(props: {
  space: OpenSpace
  session: SessionRecord
  typed: PersonDraft
  cancel: ComponentChildren
  onDone: (name: string, person: string) => void
  /** The number turned out to be that of an invited person. */
  onFound: (person: Person) => void
}) {
  const t = useWords('kiosk')
  const { space, session, cancel } = props
  const [person, setPerson] = useState(props.typed)
  const [proof, setProof] = useState(emptyProof)
  const [agreed, setAgreed] = useState<ConsentKind[]>([])
  const recording = useRecording(proof, session, person.name.trim() === '')
  const fields = filledFields(person)
  const listed = fields.nip ? personWithNumber(space, fields.nip) : undefined
  const { asks, consents } = space.signIn.value
  const offered = consentsFor(consents, Boolean(fields.email))
  const proofFields = { proof, onChange: setProof, problem: recording.problem }

  async function submit(event: Event) {
    if (listed) return event.preventDefault()
    const input = toCheckIn(proof, session, 'kiosk')
    let recorded = ''
    const isSaved = await recording.submit(event, async () => {
      recorded = await recordWalkIn(space, fields, input, undefined, ticked(consentsFor(agreed, Boolean(fields.email))))
    })
    if (isSaved) props.onDone(person.name.trim(), recorded)
  }
  return (
    <KioskFrame
      space={space}
      title={t('newTitle')}
      actions={
        <>
          {cancel}
          <SaveButton form="new-person" recording={recording} ready={!listed} />
        </>
      }
    >
      <form id="new-person" ref={recording.form} class="stack" autocomplete="off" noValidate onSubmit={submit}>
        <LateField session={session} zone={space.event.value?.zone ?? 'WIB'} {...proofFields} />
        <AskedFields
          space={space}
          asks={asks}
          draft={person}
          onChange={setPerson}
          nameError={recording.isNameMissing ? t('required') : undefined}
        />
        {listed && (
          <Notice kind="warn">
            <p>{t('numberListed', { name: listed.name })}</p>
            <button type="button" onClick={() => props.onFound(listed)}>
              {t('thatIsMe')}
            </button>
          </Notice>
        )}
        {asks.includes('represents') && <RepresentsFields space={space} {...proofFields} />}
        <SignatureFields name={person.name} {...proofFields} alone />
        <ConsentChoice offered={offered} chosen={agreed} onChange={setAgreed} />
      </form>
    </KioskFrame>
  )
}

/** Whoever already has this number: it is the same record on every device, and nobody overwrites another's here. */
function personWithNumber(space: OpenSpace, nip: string): Person | undefined {
  for (const person of space.people.value.values()) if (person.nip === nip) return person
  return undefined
}
