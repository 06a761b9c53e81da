import { useState } from 'preact/hooks'
import { may } from '../../../../core/access.ts'
import type { EventRecord, SessionRecord } from '../../../../core/event.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { closeSession, reopenSession } from '../../../state/sessions.ts'
import { Dialog } from '../../parts/Dialog.tsx'
import { TextField } from '../../parts/Field.tsx'
import { ListClosed } from '../../parts/person/LateField.tsx'
import { SaveFailed } from '../../parts/SaveFailed.tsx'
import { useSaving } from '../../useSaving.ts'
import { useWords } from '../../words.ts'

/** Whether the attendance list of a session is closed; an organizer closes it, and opens it again with a reason. */
export function ListState({ space, event, session }: { space: OpenSpace; event: EventRecord; session: SessionRecord }) {
  const t = useWords('eventHome')
  const { busy, failure, save } = useSaving()
  const [asked, setAsked] = useState<'close' | 'reopen' | undefined>(undefined)
  const [reason, setReason] = useState('')
  const isClosed = session.closed !== undefined
  if (session.deleted) return null

  function ask(): void {
    setReason(t('usualReopenReason'))
    setAsked(isClosed ? 'reopen' : 'close')
  }
  async function close() {
    if (await save(() => closeSession(space, session.id))) setAsked(undefined)
  }
  async function reopen(submitted: Event) {
    submitted.preventDefault()
    const text = reason.trim() || t('usualReopenReason')
    if (await save(() => reopenSession(space, session.id, text))) setAsked(undefined)
  }
  return (
    <div class="stack">
      <ListClosed session={session} zone={event.zone} />
      {may(space.role.value, 'editEvent') && (
        <button type="button" onClick={ask}>
          {t(isClosed ? 'reopenList' : 'closeList')}
        </button>
      )}
      {asked === 'close' && (
        <Dialog title={t('closeListAsk')} onClose={() => setAsked(undefined)}>
          <div class="stack">
            <p>{t('closeListHint')}</p>
            <SaveFailed failure={failure} />
            <div class="buttons">
              <button type="button" onClick={() => setAsked(undefined)}>
                {t('cancel')}
              </button>
              <button type="button" class="primary" disabled={busy} onClick={close}>
                {t('closeListNow')}
              </button>
            </div>
          </div>
        </Dialog>
      )}
      {asked === 'reopen' && (
        <Dialog title={t('reopenList')} onClose={() => setAsked(undefined)}>
          <form onSubmit={reopen}>
            <TextField label={t('reopenReason')} value={reason} onInput={setReason} maxLength={200} />
            <SaveFailed failure={failure} />
            <button type="submit" class="primary" disabled={busy}>
              {t('reopenList')}
            </button>
          </form>
        </Dialog>
      )}
    </div>
  )
}
