import { useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import type { EventRecord, SessionRecord } from '../../../../core/event.ts'
import type { Person } from '../../../../core/person.ts'
import { dayAt } from '../../../../core/time.ts'
import { recordWalkIn } from '../../../state/attendance.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { rolesOf } from '../../../state/people.ts'
import { mayCheckIn } from '../../../state/sessions.ts'
import { useApp } from '../../app.ts'
import { InEvent } from '../../parts/InEvent.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { LateField } from '../../parts/person/LateField.tsx'
import { FirstFields, MoreFields } from '../../parts/person/PersonFields.tsx'
import { RepresentsFields, SignatureFields } from '../../parts/person/ProofFields.tsx'
import { draftFromSearch, filledFields } from '../../parts/person/personDraft.ts'
import { emptyProof, type Proof, problemOf, toCheckIn } from '../../parts/person/proof.ts'
import { SaveButton } from '../../parts/person/SaveButton.tsx'
import { useRecording } from '../../parts/person/useRecording.ts'
import { Screen } from '../../parts/Screen.tsx'
import { useAbove } from '../../parts/sessionWords.ts'
import type { ScreenProps } from '../../routes.ts'
import { takeCarriedText } from '../../typedText.ts'
import { useDraft } from '../../useDraft.ts'
import { eventPath, useSession } from '../../useSession.ts'
import { useWords } from '../../words.ts'
import { AlreadyListed } from './AlreadyListed.tsx'
import { parseWalkInDraft, signDraftKey, type WalkInDraft, walkInDraftKey } from './drafts.ts'
import { OtherDay } from './OtherDay.tsx'

/** Somebody who is not on the list: four fields, and the rest for whoever has the time. */
export function WalkIn({ space: id }: ScreenProps) {
  return <InEvent id={id}>{(space, event) => <InSession space={space} event={event} />}</InEvent>
}

function InSession({ space, event }: { space: OpenSpace; event: EventRecord }) {
  const t = useWords('checkIn')
  const session = useSession(space)
  if (session && mayCheckIn(space, session))
    return <WalkInForm key={session.id} space={space} event={event} session={session} />
  return (
    <Screen title={t('newPerson')} above={event.title} back={eventPath(space.id, 'hadir')}>
      <Notice kind="warn">{session ? t(session.deleted ? 'deletedSessionHint' : 'viewOnly') : t('noSession')}</Notice>
    </Screen>
  )
}

const keyOf = (draft: WalkInDraft | undefined) =>
  draft && [draft.person.name, draft.person.nip, draft.person.phone].join()

function WalkInForm({ space, event, session }: { space: OpenSpace; event: EventRecord; session: SessionRecord }) {
  const t = useWords('checkIn')
  const { route, query } = useLocation()
  const [looked] = useState(() => takeCarriedText() ?? query.isi)
  const { drafts } = useApp()
  const above = useAbove(space, event, session)
  const carried: WalkInDraft = {
    person: draftFromSearch(looked ?? '', dayAt(space.now(), event.zone)),
    proof: emptyProof,
  }
  const key = walkInDraftKey(space.id, session.id)
  const [draft, change, drop] = useDraft<WalkInDraft>(key, carried, parseWalkInDraft)
  const recording = useRecording(draft?.proof, session, draft?.person.name.trim() === '')
  /** The draft of an earlier visit, until it is changed: it may be somebody else's than who was looked for now. */
  const found = useRef<WalkInDraft | undefined>(undefined)
  found.current ??= draft
  const carriesNumber = Boolean(found.current?.person.nip || found.current?.person.phone)
  const [more, setMore] = useState<boolean | undefined>(undefined)
  const isOther = looked !== undefined && draft === found.current && keyOf(draft) !== keyOf(carried)

  async function submit(event: Event) {
    if (draft && problemOf(draft.proof, session) === 'noOffice') setMore(true)
    let id = ''
    const isSaved = await recording.submit(event, async () => {
      if (!draft) return
      const { person, proof } = draft
      id = await recordWalkIn(space, filledFields(person), toCheckIn(proof, session), key)
    })
    if (!isSaved) return
    route(eventPath(space.id, 'hadir', { sesi: session.id, tercatat: id }), true)
    await drop()
  }

  /** The draft was somebody on the list after all: what was signed already goes along. */
  async function usePerson(person: Person) {
    if (!draft) return
    await drafts.write(signDraftKey(space.id, session.id, person.id), { roles: rolesOf(person), proof: draft.proof })
    await drop()
    route(eventPath(space.id, `hadir/${person.id}`, { sesi: session.id }), true)
  }
  const proofFields = draft && {
    proof: draft.proof,
    problem: recording.problem,
    onChange: (proof: Proof) => change({ ...draft, proof }),
  }
  return (
    <Screen
      title={t('newPerson')}
      above={above}
      back={eventPath(space.id, 'hadir', { sesi: session.id })}
      wide
      actions={<SaveButton form="walk-in" recording={recording} ready={draft !== undefined} />}
    >
      <OtherDay space={space} event={event} session={session} />
      {draft && isOther && (
        <Notice kind="info">
          <p>{t('unsavedOther', { name: draft.person.name })}</p>
          <button type="button" onClick={() => change(carried)}>
            {t('startAnew')}
          </button>
        </Notice>
      )}
      {draft && proofFields && (
        <form ref={recording.form} id="walk-in" class="two-columns" noValidate onSubmit={submit}>
          <div class="stack">
            <LateField session={session} zone={event.zone} {...proofFields} />
            <FirstFields
              space={space}
              draft={draft.person}
              nameError={recording.isNameMissing ? t('required') : undefined}
              onChange={(person) => change({ ...draft, person })}
            />
            <AlreadyListed space={space} event={event} session={session} draft={draft.person} onUse={usePerson} />
          </div>
          <SignatureFields name={draft.person.name} {...proofFields} />
          <details
            class="fold"
            open={more ?? carriesNumber}
            onToggle={({ currentTarget }) => setMore(currentTarget.open)}
          >
            <summary>{t('more')}</summary>
            <div class="stack">
              <RepresentsFields space={space} {...proofFields} />
              <MoreFields space={space} draft={draft.person} onChange={(person) => change({ ...draft, person })} />
            </div>
          </details>
        </form>
      )}
    </Screen>
  )
}
