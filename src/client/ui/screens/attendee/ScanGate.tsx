import { useMemo } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { readCode } from '../../../../core/code.ts'
import { gatePath } from '../../../../core/gate.ts'
import { Scanner } from '../../parts/scanner/Scanner.tsx'
import type { ScanHandler } from '../../parts/scanner/scanResult.ts'
import { useWords } from '../../words.ts'
import { AttendeeFrame } from './AttendeeFrame.tsx'

/** Where a scanned link leads, with all that stands behind its `#`; of eight typed letters the same door. */
function doorOf(text: string): string | undefined {
  const code = readCode(text, location.origin)
  if (code.kind === 'letters') return gatePath(code.code)
  if (code.kind !== 'gate') return undefined
  const { pathname, search, hash } = new URL(text.trim())
  return pathname + search + hash
}

/**
 * An attendee scans the wall's code inside the app, which goes on to that event. Whoever else comes here is told where
 * to go.
 */
export function ScanGate() {
  const t = useWords('scanner')
  const tAttendee = useWords('attendee')
  const { route } = useLocation()
  const handle = useMemo<ScanHandler>(
    () => async (text) => {
      const door = doorOf(text)
      if (!door) return { tone: 'bad', title: t('gate.notGate.title'), lines: [t('gate.notGate.hint')] }
      route(door)
      return { tone: 'good', title: t('gate.opening') }
    },
    [t, route],
  )
  return (
    <AttendeeFrame
      title={t('gate.title')}
      actions={
        <a class="button" href="/m">
          {tAttendee('back')}
        </a>
      }
    >
      <Scanner handle={handle} codeHint={t('gate.codeHint')} />
      <p>{t('gate.who')}</p>
      <a class="link-button" href="/">
        {t('gate.staff')}
      </a>
    </AttendeeFrame>
  )
}
