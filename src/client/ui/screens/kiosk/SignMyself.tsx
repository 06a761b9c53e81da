import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { type ConsentKind, ticked } from '../../../../core/consent.ts'
import type { SessionRecord } from '../../../../core/event.ts'
import type { FormRecord } from '../../../../core/form/form.ts'
import type { Person } from '../../../../core/person.ts'
import { consentsFor } from '../../../../core/signIn.ts'
import { formatTime } from '../../../../core/time.ts'
import { recordAttendance } from '../../../state/attendance.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { Notice } from '../../parts/Notice.tsx'
import { LateField } from '../../parts/person/LateField.tsx'
import { ConsentChoice, SignatureFields } from '../../parts/person/ProofFields.tsx'
import { emptyProof, toCheckIn } from '../../parts/person/proof.ts'
import { SaveButton } from '../../parts/person/SaveButton.tsx'
import { useRecording } from '../../parts/person/useRecording.ts'
import { useWords } from '../../words.ts'
import { AskedButtons, useAsked } from './AskedButtons.tsx'
import { KioskFrame } from './KioskFrame.tsx'

/** An invited person signs; who is present already is told so, signs nothing, and answers what is asked since. */
export function SignMyself(props: {
  space: OpenSpace
  session: SessionRecord
  person: Person
  cancel: ComponentChildren
  onDone: (name: string, person: string) => void
  onAnswer: (form: FormRecord) => void
}) {
  const t = useWords('kiosk')
  const { space, session, person, cancel } = props
  const [proof, setProof] = useState(emptyProof)
  const [agreed, setAgreed] = useState<ConsentKind[]>([])
  const recording = useRecording(proof, session)
  const asked = useAsked(space, person.id)
  const attendance = space.attendance.value.get(session.id)?.get(person.id)
  const offered = consentsFor(space.signIn.value.consents, person.email !== '')
  const zone = space.event.value?.zone ?? 'WIB'
  const proofFields = { proof, onChange: setProof, problem: recording.problem }

  async function submit(event: Event) {
    const input = { person: person.id, ...toCheckIn(proof, session, 'kiosk') }
    const record = () => recordAttendance(space, input, {}, undefined, ticked(agreed))
    if (await recording.submit(event, record)) props.onDone(person.name, person.id)
  }
  if (attendance && !recording.busy)
    return (
      <KioskFrame
        space={space}
        title={person.name}
        actions={
          <>
            {cancel}
            <AskedButtons space={space} asked={asked} onAnswer={props.onAnswer} />
          </>
        }
      >
        <Notice kind="ok">{t('alreadyHere', { time: formatTime(attendance.arrivedAt, zone) })}</Notice>
      </KioskFrame>
    )
  return (
    <KioskFrame
      space={space}
      title={person.name}
      actions={
        <>
          {cancel}
          <SaveButton form="sign-myself" recording={recording} ready />
        </>
      }
    >
      <form id="sign-myself" ref={recording.form} class="stack" noValidate onSubmit={submit}>
        <LateField session={session} zone={zone} {...proofFields} />
        <SignatureFields name={person.name} {...proofFields} alone />
        <ConsentChoice offered={offered} chosen={agreed} onChange={setAgreed} />
      </form>
    </KioskFrame>
  )
}
