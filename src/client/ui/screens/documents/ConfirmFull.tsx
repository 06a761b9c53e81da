import { Dialog } from '../../parts/Dialog.tsx'
import { useWords } from '../../words.ts'

/** Before the whole list leaves the app: how many persons it names, with what, and that the history tells of it. */
export function ConfirmFull(props: { name: string; people: number; onConfirm: () => void; onClose: () => void }) {
  const t = useWords('documents')
  return (
    <Dialog title={t('full.title')} onClose={props.onClose}>
      <div class="stack">
        <p>{t('full.holds', { name: props.name, count: props.people })}</p>
        <p>{t('full.noted')}</p>
        <div class="buttons">
          <button type="button" onClick={props.onClose}>
            {t('cancel')}
          </button>
          <button type="button" class="primary" onClick={props.onConfirm}>
            {t('full.confirm')}
          </button>
        </div>
      </div>
    </Dialog>
  )
}
