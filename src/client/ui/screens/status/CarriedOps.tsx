import { useEffect, useState } from 'preact/hooks'
import type { RefusedCarried } from '../../../state/status.ts'
import { useApp } from '../../app.ts'
import { localMoment } from '../../dates.ts'
import { opSubject } from '../../parts/opWords.ts'
import { useLanguage, useWords } from '../../words.ts'
import { RefusedWork } from './RefusedWork.tsx'

/** What this device carried for others and the server refused: each op with its reason, and a person's decision. */
export function CarriedOps({ space, count }: { space: string; count: number }) {
  const t = useWords('status')
  const language = useLanguage()
  const { status } = useApp()
  const [refused, setRefused] = useState<RefusedCarried[]>([])
  useEffect(() => {
    let gone = false
    if (count >= 0) status.refusedCarried(space).then((found) => !gone && setRefused(found))
    return () => {
      gone = true
    }
  }, [status, space, count])

  return (
    <RefusedWork onRetry={() => status.retryCarried(space)} onRelease={() => status.releaseCarried(space)}>
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
    </RefusedWork>
  )
}
