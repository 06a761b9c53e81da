import type { ComponentChildren } from 'preact'
import { useContext, useEffect, useState } from 'preact/hooks'
import type { EventRecord, SessionRecord } from '../../../../core/event.ts'
import { readWallCode } from '../../../../core/rotatingCode.ts'
import { untilDone } from '../../../device/tryAgain.ts'
import { saveSignIn } from '../../../state/attendee.ts'
import type { FormSpace } from '../../../state/formSpace.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { sessionOfMoment } from '../../../state/sessions.ts'
import { SaveButton } from '../../parts/person/SaveButton.tsx'
import { useRecording } from '../../parts/person/useRecording.ts'
import { useDraft } from '../../useDraft.ts'
import { useWords } from '../../words.ts'
import { AttendeeFrame } from './AttendeeFrame.tsx'
import { DataStep } from './DataStep.tsx'
import { type AttendeeDraft, draftKey, emptyDraft, nameOf, parseDraft, toSignIn } from './form.ts'
import { FormContext } from './formContext.ts'
import { NotYet } from './NotYet.tsx'
import type { SignStep } from './SignStep.tsx'
import { useInvitation } from './useInvitation.ts'
import type { LinkParts } from './Visit.tsx'

type Loading = { SignStep: typeof SignStep | undefined; isFailing: boolean }

/** The second step, which comes while the first is filled in; a line that is gone just then takes no form away. */
function useSignStep(isWanted: boolean): Loading {
  const [loading, setLoading] = useState<Loading>({ SignStep: undefined, isFailing: false })
  useEffect(() => {
    if (!isWanted) return
    const left = new AbortController()
    const onFailure = () => setLoading({ SignStep: undefined, isFailing: true })
    void untilDone(() => import('./SignStep.tsx'), onFailure, left.signal).then((loaded) =>
      setLoading({ SignStep: loaded.SignStep, isFailing: false }),
    )
    return () => left.abort()
  }, [isWanted])
  return loading
}

/** Two steps, kept as a draft on the way: who it is, then the signature. */
export function SignInForm(props: {
  space: FormSpace
  event: EventRecord
  session: SessionRecord
  code: string
  link: LinkParts
  /** Whom this phone has signed in at this session. */
  recorded: readonly string[]
  whenOpen: () => Promise<OpenSpace>
  /** Why that takes long. */
  notYet: ComponentChildren
  onSaved: () => void
  onReceipts: (() => void) | undefined
  /** What makes the event open without a network, once it is on this device. */
  keep: ComponentChildren
}) {
  const t = useWords('attendee')
  const { space, event } = props
  const { wallCode } = props.link
  const { drafts } = useContext(FormContext)
  const scanned = wallCode ? { wallCode, wallCodeAt: space.now() } : {}
  const key = draftKey(space.id)
  const [draft, change, drop] = useDraft<AttendeeDraft>(key, { ...emptyDraft, ...scanned }, parseDraft, drafts)
  const invitation = useInvitation({ space: space.id, pass: props.link.pass, draft, change, recorded: props.recorded })
  const session = (draft?.session && sessionOfMoment(space, draft.session)) || props.session
  const recording = useRecording(draft?.proof, session)
  const isSigning = draft?.step === 'signature'
  const { SignStep, isFailing } = useSignStep(draft !== undefined)
  useEffect(() => {
    if (draft && wallCode && draft.wallCode !== wallCode) change({ ...draft, ...scanned })
  }, [draft === undefined])

  async function submit(submitted: Event) {
    const isSaved = await recording.submit(submitted, async () => {
      if (!draft) return
      const code = readWallCode(draft.wallCode)
      const input = toSignIn(draft, session, code ? { code, at: draft.wallCodeAt } : undefined)
      await saveSignIn(await props.whenOpen(), input, key)
    })
    if (!isSaved) return
    await drop()
    props.onSaved()
  }
  if (!draft) return <AttendeeFrame title={event.title}>{<p aria-busy="true" />}</AttendeeFrame>
  if (!isSigning)
    return (
      <DataStep
        space={space}
        event={event}
        session={session}
        draft={draft}
        onChange={change}
        code={props.code}
        invitation={invitation}
        onReceipts={props.onReceipts}
        keep={props.keep}
        notYet={props.notYet}
      />
    )
  return (
    <AttendeeFrame
      title={t('signTitle')}
      above={event.title}
      step={2}
      actions={
        <>
          {isFailing ? <NotYet reason="app" /> : props.notYet}
          <button type="button" onClick={() => change({ ...draft, step: 'data' })}>
            {t('back')}
          </button>
          <SaveButton form="attendee-sign" recording={recording} ready={nameOf(draft) !== ''} />
        </>
      }
    >
      <form id="attendee-sign" ref={recording.form} noValidate onSubmit={submit}>
        {SignStep ? (
          <SignStep space={space} session={session} draft={draft} onChange={change} problem={recording.problem} />
        ) : (
          <p aria-busy="true" />
        )}
      </form>
    </AttendeeFrame>
  )
}
