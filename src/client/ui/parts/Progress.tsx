import { useWords } from '../words.ts'

/** Long work: how far it is, in words too, and a way to stop it. A `total` of 0 is not known yet. */
export function Progress(props: { label: string; done: number; total: number; onCancel?: () => void }) {
  const t = useWords('shell')
  return (
    <div class="progress">
      <p role="status">{props.label}</p>
      <progress
        max={Math.max(1, props.total)}
        value={props.total > 0 ? props.done : undefined}
        aria-label={props.label}
      />
      {props.onCancel && (
        <button type="button" onClick={props.onCancel}>
          {t('cancel')}
        </button>
      )}
    </div>
  )
}
