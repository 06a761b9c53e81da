import type { ScanView } from '../../../device/scanner/session.ts'
import { useWords } from '../../words.ts'
import { Notice } from '../Notice.tsx'

/** Why there is no picture, and what to do; the other ways stand below. */
export function CameraTrouble(props: { fault: Extract<ScanView, { kind: 'fault' }>['fault']; onRetry: () => void }) {
  const t = useWords('scanner')
  const mayHelp = props.fault !== 'insecure' && props.fault !== 'unsupported'
  return (
    <>
      <Notice kind="warn">
        <h2>{t(`fault.${props.fault}.title`)}</h2>
        <p>{t(`fault.${props.fault}.hint`)}</p>
        <p>{t('otherWays')}</p>
      </Notice>
      {mayHelp && (
        <button type="button" class="primary" onClick={props.onRetry}>
          {t('retry')}
        </button>
      )}
    </>
  )
}
