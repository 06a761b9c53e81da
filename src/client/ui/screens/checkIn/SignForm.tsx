import type { ComponentChildren } from 'preact'
import { useLocation } from 'preact-iso'
import type { EventRecord, SessionRecord } from '../../../../core/event.ts'
import type { Person } from '../../../../core/person.ts'
import { recordAttendance } from '../../../state/attendance.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { rolesOf } from '../../../state/people.ts'
import { LateField } from '../../parts/person/LateField.tsx'
import { RepresentsFields, SignatureFields } from '../../parts/person/ProofFields.tsx'
import { emptyProof, type Proof, toCheckIn } from '../../parts/person/proof.ts'
import { RoleChoice } from '../../parts/person/RoleChoice.tsx'
import { SaveButton } from '../../parts/person/SaveButton.tsx'
import { useRecording } from '../../parts/person/useRecording.ts'
import { Screen } from '../../parts/Screen.tsx'
import { useDraft } from '../../useDraft.ts'
import { eventPath } from '../../useSession.ts'
import { useWords } from '../../words.ts'
import { parseSignDraft, type SignDraft, signDraftKey } from './drafts.ts'
import { OtherDay } from './OtherDay.tsx'

/** Role, whom the person stands in for, ink or the reason why there is none. `children` say who it is. */
export function SignForm(props: {
  space: OpenSpace
  event: EventRecord
  session: SessionRecord
  person: Person
  above: string
  children: ComponentChildren
}) {
  const t = useWords('checkIn')
  const { route } = useLocation()
  const { space, event, session, person } = props
  const held = rolesOf(person)
  const key = signDraftKey(space.id, session.id, person.id)
  const [draft, change, drop] = useDraft<SignDraft>(key, { roles: held, proof: emptyProof }, parseSignDraft)
  const recording = useRecording(draft?.proof, session)

  async function submit(event: Event) {
    const isSaved = await recording.submit(event, async () => {
      if (!draft) return
      const input = { person: person.id, ...toCheckIn(draft.proof, session) }
      const corrected = draft.roles.join() === held.join() ? {} : { roles: draft.roles }
      await recordAttendance(space, input, corrected, key)
    })
    if (!isSaved) return
    route(eventPath(space.id, 'hadir', { sesi: session.id, tercatat: person.id }), true)
    await drop()
  }
  const proofFields = draft && {
    proof: draft.proof,
    problem: recording.problem,
    onChange: (proof: Proof) => change({ ...draft, proof }),
  }
  return (
    <Screen
      title={person.name || t('nameless')}
      above={props.above}
      back={eventPath(space.id, 'hadir', { sesi: session.id })}
      wide
      actions={<SaveButton form="sign" recording={recording} ready={draft !== undefined} />}
    >
      <OtherDay space={space} event={event} session={session} />
      {draft && proofFields && (
        <form ref={recording.form} id="sign" class="two-columns sign-form" noValidate onSubmit={submit}>
          <div class="stack">
            {props.children}
            <LateField session={session} zone={event.zone} {...proofFields} />
          </div>
          <SignatureFields name={person.name} {...proofFields} />
          <div class="stack">
            <RepresentsFields space={space} {...proofFields} />
            <details class="fold">
              <summary>{t('roleNow', { roles: draft.roles.map((role) => t(`role.${role}`)).join(', ') })}</summary>
              <RoleChoice
                offered={event.roles}
                chosen={draft.roles}
                onChange={(roles) => change({ ...draft, roles })}
              />
            </details>
          </div>
        </form>
      )}
    </Screen>
  )
}
