import { useState } from 'preact/hooks'
import type { Attendance } from '../../../core/attendance.ts'
import { undoAttendance } from '../../state/attendance.ts'
import type { OpenSpace } from '../../state/openSpace.ts'
import { useSaving } from '../useSaving.ts'
import { useWords } from '../words.ts'
import { Dialog } from './Dialog.tsx'
import { TextField } from './Field.tsx'
import { Icon } from './Icon.tsx'
import { SaveFailed } from './SaveFailed.tsx'

/** Withdraws an attendance with a reason, which stays in the history; prefilled with the usual one. */
export function UndoAttendance(props: {
  space: OpenSpace
  attendance: Attendance
  name: string
  onUndone?: () => void
}) {
  const t = useWords('attendance')
  const [reason, setReason] = useState<string | undefined>(undefined)
  const { busy, failure, save } = useSaving()
  async function undo(event: Event) {
    event.preventDefault()
    const text = reason?.trim() || t('usualUndoReason')
    if (!(await save(() => undoAttendance(props.space, props.attendance, text)))) return
    setReason(undefined)
    props.onUndone?.()
  }
  return (
    <>
      <button type="button" onClick={() => setReason(t('usualUndoReason'))}>
        <Icon name="undo" />
        {t('undo')}
      </button>
      {reason !== undefined && (
        <Dialog title={t('undoTitle', { name: props.name })} onClose={() => setReason(undefined)}>
          <form onSubmit={undo}>
            <TextField label={t('reason')} value={reason} onInput={setReason} maxLength={200} />
            <SaveFailed failure={failure} />
            <button type="submit" class="primary" disabled={busy}>
              {busy ? t('saving') : t('undoConfirm')}
            </button>
          </form>
        </Dialog>
      )}
    </>
  )
}
