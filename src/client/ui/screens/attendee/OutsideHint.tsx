import { useEffect, useState } from 'preact/hooks'
import { gatePath, materialOfLink } from '../../../../core/gate.ts'
import { chromeLink, readHost } from '../../../device/hosting.ts'
import { copyText } from '../../../device/shareLink.ts'
import { type Fleeting, readFleeting } from '../../../device/storage.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'

/**
 * What this browser cannot do, and the way to one that can; nothing where all is well. Signing in works here all the
 * same.
 */
export function OutsideHint({ code }: { code: string }) {
  const t = useWords('attendee')
  const [host] = useState(readHost)
  const [fleeting, setFleeting] = useState<Fleeting | undefined>(undefined)
  const [copied, setCopied] = useState<boolean | undefined>(undefined)
  useEffect(() => void readFleeting().then(setFleeting), [])
  const link = `${location.origin}${code ? gatePath(code, materialOfLink(location.search)) : '/m'}`
  const reason = host.inApp ? 'inApp' : (fleeting ?? (isSecureContext ? undefined : 'insecure'))
  if (!reason) return null
  return (
    <Notice kind="info">
      <p>{t(`host.${reason}`, { app: t(`app.${host.inApp ?? 'other'}`) })}</p>
      {reason === 'inApp' && host.system === 'ios' && <p>{t('host.iosWay')}</p>}
      {reason !== 'insecure' && reason !== 'little' && (
        <div class="attendee-ways">
          {reason === 'inApp' && host.system === 'android' && (
            <a class="button" href={chromeLink(link)}>
              {t('host.chrome')}
            </a>
          )}
          <button type="button" onClick={() => void copyText(link).then(setCopied)}>
            {t('host.copy')}
          </button>
        </div>
      )}
      {copied !== undefined && <p role="status">{copied ? t('host.copied') : t('host.copyByHand', { link })}</p>}
    </Notice>
  )
}
