import { useWords } from '../words.ts'

/** Long work: how far it is, in words too, and a way to stop it. */
export function Progress(props: { label: string; done: number; total: number; onCancel?: () => void }) {
  const t = useWords('shell')
  return (
    <div class="progress">
      <p role="status">{props.label}</p>
      <progress max={Math.max(1, props.total)} value={props.done} aria-label={props.label} />
      {props.onCancel && (
        <button type="button" onClick={props.onCancel}>
          {t('cancel')}
        </button>
      )}
    </div>
  )
}
