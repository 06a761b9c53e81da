import { useState } from 'preact/hooks'
import { useWords } from '../../words.ts'
import { Icon } from '../Icon.tsx'
import { CameraTrouble } from './CameraTrouble.tsx'
import { Outcome } from './Outcome.tsx'
import { PhotoButton } from './PhotoButton.tsx'
import { ScannedList } from './ScannedList.tsx'
import type { ScanHandler } from './scanResult.ts'
import { TorchButton } from './TorchButton.tsx'
import { TypedCode } from './TypedCode.tsx'
import { useScanner } from './useScanner.ts'

/**
 * Scans one code after the other, by whichever way this device has; `handle` says what each of them means, `codeHint`
 * what may be typed.
 */
export function Scanner({ handle, codeHint }: { handle: ScanHandler; codeHint: string }) {
  const t = useWords('scanner')
  const { video, scanning, view, shown, latest, dismiss, act } = useScanner(handle)
  const [isTyping, setTyping] = useState(false)
  const isFault = view.kind === 'fault'
  return (
    <div class="scanner">
      <div class="viewfinder" hidden={isFault}>
        {/* iOS shows a black picture without all three. */}
        <video ref={video} playsInline muted autoPlay aria-label={t('picture')} />
        <p class="viewfinder-hint" role="status">
          {t(view.kind === 'live' ? 'aim' : 'opening')}
        </p>
      </div>
      <div class="stack">
        {isFault && <CameraTrouble fault={view.fault} onRetry={() => scanning.current?.open()} />}
        <div class="scanner-ways one-of">
          {view.kind === 'live' && <TorchButton key={view.camera.id} camera={view.camera} />}
          {view.kind === 'live' && view.choices.length > 1 && (
            <button type="button" onClick={() => scanning.current?.nextCamera()}>
              <Icon name="undo" />
              {t('nextCamera')}
            </button>
          )}
          {!isFault && (
            <button type="button" aria-expanded={isTyping} onClick={() => setTyping(!isTyping)}>
              <Icon name="keyboard" />
              {t('type')}
            </button>
          )}
          <PhotoButton onPhoto={(file) => scanning.current?.takePhoto(file)} />
        </div>
        {(isTyping || isFault) && <TypedCode hint={codeHint} onCode={(text) => scanning.current?.take(text)} />}
        <ScannedList latest={latest} onAct={act} />
      </div>
      <Outcome shown={shown} onDismiss={dismiss} onAct={act} />
    </div>
  )
}
