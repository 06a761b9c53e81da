import { useWords } from '../../words.ts'
import type { IconName } from '../Icon.tsx'
import { Icon } from '../Icon.tsx'
import type { ScanResult } from './scanResult.ts'
import type { Shown } from './useScanner.ts'

/** A tick, a clock and a cross: told apart by shape and word, not by colour alone. */
export const toneIcons = {
  good: 'check',
  used: 'clock',
  bad: 'close',
  progress: 'qr',
} as const satisfies Record<ScanResult['tone'], IconName>

/** What became of a code, over the whole screen; of frames only how far they are. A tap makes way for the camera. */
export function Outcome(props: { shown: Shown | undefined; onDismiss: () => void; onAct: (shown: Shown) => void }) {
  const { shown, onDismiss, onAct } = props
  const t = useWords('scanner')
  const isWhole = shown && shown.tone !== 'progress'
  return (
    <div role="status" aria-atomic="true">
      {isWhole && (
        <button type="button" key={shown.number} class={`outcome outcome-${shown.tone}`} onClick={onDismiss}>
          <Icon name={toneIcons[shown.tone]} />
          <span class="outcome-word">{t(`tone.${shown.tone}`)}</span>
          <span class="outcome-title">{shown.title}</span>
          {shown.lines?.map((line) => (
            <span key={line}>{line}</span>
          ))}
        </button>
      )}
      {shown?.action && (
        <button type="button" class="outcome-action" onClick={() => onAct(shown)}>
          {shown.action.label}
        </button>
      )}
      {shown?.tone === 'progress' && (
        <div class="outcome-progress">
          <p>{shown.title}</p>
          <progress max={shown.total ?? 1} value={shown.done} aria-label={shown.title} />
        </div>
      )}
    </div>
  )
}
