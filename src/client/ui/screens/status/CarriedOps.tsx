import { useEffect, useState } from 'preact/hooks'
import type { RefusedCarried } from '../../../state/status.ts'
import { useApp } from '../../app.ts'
import { localMoment } from '../../dates.ts'
import { Notice } from '../../parts/Notice.tsx'
import { opSubject } from '../../parts/opWords.ts'
import { SaveFailed } from '../../parts/SaveFailed.tsx'
import { useSaving } from '../../useSaving.ts'
import { useLanguage, useWords } from '../../words.ts'

/** What this device carried for others and the server refused: each op with its reason, and a person's decision. */
export function CarriedOps({ space, count }: { space: string; count: number }) {
  const t = useWords('status')
  const language = useLanguage()
  const { status, syncNow } = useApp()
  const { busy, failure, save } = useSaving()
  const [refused, setRefused] = useState<RefusedCarried[]>([])
  useEffect(() => {
    let gone = false
    if (count >= 0) status.refusedCarried(space).then((found) => !gone && setRefused(found))
    return () => {
      gone = true
    }
  }, [status, space, count])

  async function retry(): Promise<void> {
    if (await save(() => status.retryCarried(space))) syncNow()
  }

  return (
    <Notice kind="danger">
      <div class="stack">
        <p>
          <strong>{t('carriedRefused', { count })}</strong>
        </p>
        <ul class="parked">
          {refused.map(({ name, wall, body, reason }) => (
            <li key={name}>
              {t(`op.${opSubject(body)}`)}, {localMoment(wall, language)}: {t(`carriedFor.${reason}`)}
            </li>
          ))}
        </ul>
        <p class="soft">{t('carriedKept')}</p>
        <div class="buttons">
          <button type="button" aria-disabled={busy} onClick={retry}>
            {t('retry')}
          </button>
          <button type="button" aria-disabled={busy} onClick={() => save(() => status.releaseCarried(space))}>
            {t('release')}
          </button>
        </div>
        <SaveFailed failure={failure} />
      </div>
    </Notice>
  )
}
