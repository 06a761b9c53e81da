import { useEffect, useRef, useState } from 'preact/hooks'
import { releaseCode } from '../../../../core/kiosk.ts'
import { TextField } from '../../parts/Field.tsx'
import { useWords } from '../../words.ts'

/** For a colleague whose kiosk is locked: the number on its screen in, the code that opens it out; without a network. */
export function ReleaseKiosk({ salt }: { salt: string }) {
  const t = useWords('kiosk')
  const [challenge, setChallenge] = useState('')
  const code = releaseCode(salt, challenge)
  const shown = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (code) shown.current?.scrollIntoView({ block: 'center' })
  }, [code])
  return (
    <details class="fold">
      <summary>{t('release')}</summary>
      <div class="stack">
        <TextField
          label={t('releaseNumber')}
          hint={t('releaseHint')}
          value={challenge}
          onInput={setChallenge}
          inputMode="numeric"
          autoComplete="off"
          maxLength={7}
        />
        <p ref={shown} class="code" role="status">
          {code && <output aria-label={t('releaseCode')}>{code}</output>}
        </p>
      </div>
    </details>
  )
}
