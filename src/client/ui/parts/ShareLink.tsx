import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { canShare, copyText, shareLink } from '../../device/shareLink.ts'
import { useWords } from '../words.ts'

/** The ways to send a link; where none works it is shown to be copied by hand. `children`: more buttons. */
export function ShareLink(props: { title: string; text: string; url: string; children?: ComponentChildren }) {
  const t = useWords('shell')
  const { title, text, url } = props
  const [copied, setCopied] = useState<boolean | undefined>(undefined)
  return (
    <>
      <div class="buttons">
        {canShare() && (
          <button type="button" onClick={() => shareLink({ title, text, url })}>
            {t('link.share')}
          </button>
        )}
        {props.children}
        <button type="button" onClick={async () => setCopied(await copyText(url))}>
          {t('link.copy')}
        </button>
      </div>
      {copied === true && <p role="status">{t('link.copied')}</p>}
      {copied === false && (
        <p role="alert">
          {t('link.copyFailed')} <span class="link-text">{url}</span>
        </p>
      )}
    </>
  )
}
