import { useState } from 'preact/hooks'
import { gateCodeLength, plainCode } from '../../../../core/gate.ts'
import type { HeldSpace } from '../../../state/spaces.ts'
import { TextField } from '../../parts/Field.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { useWords } from '../../words.ts'
import { AttendeeFrame } from './AttendeeFrame.tsx'
import { OwnEvents } from './OwnEvents.tsx'

/** `/m` alone: the events that this phone came into, and eight letters from the wall for another one. */
export function EnterCode(props: { half: string; rows: HeldSpace[]; onCode: (code: string) => void }) {
  const t = useWords('attendee')
  const [typed, setTyped] = useState(props.half)
  const [isShort, setShort] = useState(false)
  const own = props.rows.filter(({ role }) => role === 'attendee')

  function submit(event: SubmitEvent) {
    event.preventDefault()
    const code = plainCode(typed)
    setShort(code.length < gateCodeLength)
    if (code.length >= gateCodeLength) props.onCode(code)
  }
  return (
    <AttendeeFrame
      title={own.length > 0 ? t('ownEvents') : t('enterTitle')}
      actions={
        <button type="submit" form="enter-code" class={own.length > 0 ? '' : 'primary'}>
          {t('enter')}
        </button>
      }
    >
      {own.length > 0 && <OwnEvents rows={own} />}
      <form id="enter-code" class="code-field" noValidate onSubmit={submit}>
        <TextField
          label={t('codeLabel')}
          hint={t('codeHint')}
          value={typed}
          error={isShort ? t('codeShort') : undefined}
          onInput={setTyped}
          autoComplete="off"
          maxLength={20}
        />
      </form>
      <a class="button" href="/pindai">
        <Icon name="qr" />
        {t('scanCode')}
      </a>
    </AttendeeFrame>
  )
}
