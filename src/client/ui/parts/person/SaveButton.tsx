import { useWords } from '../../words.ts'
import { SaveFailed } from '../SaveFailed.tsx'
import type { Recording } from './useRecording.ts'

/** The one primary action of a form that records somebody, and why it did not work. */
export function SaveButton({ form, recording, ready }: { form: string; recording: Recording; ready: boolean }) {
  const t = useWords('person')
  const { busy, failure } = recording
  return (
    <>
      <SaveFailed failure={failure} />
      <button type="submit" form={form} class="primary" disabled={busy || !ready}>
        {busy ? t('saving') : t('save')}
      </button>
    </>
  )
}
