import { useEffect, useState } from 'preact/hooks'
import type { SessionRecord } from '../../../../core/event.ts'
import type { FormRecord } from '../../../../core/form/form.ts'
import type { Person } from '../../../../core/person.ts'
import { fillScreen } from '../../../device/fullScreen.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { Notice } from '../../parts/Notice.tsx'
import { emptyPerson, type PersonDraft } from '../../parts/person/personDraft.ts'
import { useSessionWords } from '../../parts/sessionWords.ts'
import { markSaved, markUnsaved } from '../../unsaved.ts'
import { useWords } from '../../words.ts'
import { Answering } from './Answering.tsx'
import { FindMyself } from './FindMyself.tsx'
import { KioskFrame } from './KioskFrame.tsx'
import { NewPerson } from './NewPerson.tsx'
import { SignMyself } from './SignMyself.tsx'
import { Thanks } from './Thanks.tsx'
import { useIdle } from './useIdle.ts'

type Step =
  | { kind: 'welcome' | 'find' }
  | { kind: 'new'; typed: PersonDraft }
  | { kind: 'sign'; person: Person }
  | { kind: 'thanks'; name: string; person: string }
  | { kind: 'answer'; name: string; person: string; form: FormRecord }

const draftKey = 'kiosk'
const thanksMs = 6_000

/** One person at the kiosk, from the first tap to the thanks; made anew for the next. */
export function Visit(props: { space: OpenSpace; session: SessionRecord; onEnd: () => void }) {
  const t = useWords('kiosk')
  const { space, session, onEnd } = props
  const [step, setStep] = useState<Step>({ kind: 'welcome' })
  const isBusy = step.kind !== 'welcome' && step.kind !== 'thanks'
  const secondsLeft = useIdle(isBusy, onEnd)
  const { full } = useSessionWords(space)
  useEffect(() => {
    if (isBusy) markUnsaved(draftKey)
    return () => markSaved(draftKey)
  }, [isBusy])

  function begin(next: Step): void {
    void fillScreen()
    setStep(next)
  }
  const thank = (name: string, person: string) => setStep({ kind: 'thanks', name, person })
  const warning = secondsLeft !== undefined && (
    <div class="kiosk-countdown" role="alert">
      <Notice kind="warn">
        <p>{t('stillThere', { count: secondsLeft })}</p>
        <button type="button" class="primary">
          {t('stay')}
        </button>
      </Notice>
    </div>
  )
  const cancel = (
    <button type="button" onClick={onEnd}>
      {t('cancel')}
    </button>
  )
  const inStep = { space, session, cancel, onDone: thank }
  return (
    <>
      {step.kind === 'welcome' && (
        <KioskFrame space={space}>
          <p>{full(session)}</p>
          <div class="kiosk-choices">
            <button type="button" class="primary" onClick={() => begin({ kind: 'find' })}>
              {t('invited')}
            </button>
            <button type="button" onClick={() => begin({ kind: 'new', typed: emptyPerson })}>
              {t('notInvited')}
            </button>
          </div>
          <p class="soft">{t('notice', { institution: space.event.value?.institution ?? '' })}</p>
        </KioskFrame>
      )}
      {step.kind === 'find' && (
        <FindMyself
          {...inStep}
          onFound={(person) => setStep({ kind: 'sign', person })}
          onNotFound={(typed) => setStep({ kind: 'new', typed })}
        />
      )}
      {step.kind === 'sign' && (
        <SignMyself
          {...inStep}
          person={step.person}
          onAnswer={(form) => setStep({ kind: 'answer', name: step.person.name, person: step.person.id, form })}
        />
      )}
      {step.kind === 'new' && (
        <NewPerson {...inStep} typed={step.typed} onFound={(person) => setStep({ kind: 'sign', person })} />
      )}
      {step.kind === 'thanks' && (
        <Thanks
          space={space}
          name={step.name}
          person={step.person}
          forMs={thanksMs}
          onAnswer={(form) => setStep({ ...step, kind: 'answer', form })}
          onEnd={onEnd}
        />
      )}
      {step.kind === 'answer' && (
        <Answering {...step} space={space} cancel={cancel} onDone={() => thank(step.name, step.person)} />
      )}
      {warning}
    </>
  )
}
