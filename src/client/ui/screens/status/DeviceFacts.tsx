import { useEffect, useState } from 'preact/hooks'
import { clockOffMs } from '../../../../core/time.ts'
import { keepStorage, measureStorage, type StorageHealth } from '../../../device/storage.ts'
import { useApp } from '../../app.ts'
import { localMoment } from '../../dates.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useNow } from '../../status/StatusLine.tsx'
import { useLanguage, useWords } from '../../words.ts'

/** Of more than that browsers say nothing true. */
const plentyBytes = 1e9

/** This browser as a device: its name and holder, whether its storage stays, and its clock when it is wrong. */
export function DeviceFacts() {
  const t = useWords('status')
  const language = useLanguage()
  const { device, clockOffsetMs } = useApp()
  const { name, holder } = device()
  const now = useNow()
  const offsetMs = clockOffsetMs()
  const [health, setHealth] = useState<StorageHealth | undefined>(undefined)
  useEffect(() => {
    measureStorage(plentyBytes).then(setHealth)
  }, [])
  const asNumber = new Intl.NumberFormat(language === 'id' ? 'id-ID' : 'en-GB', { maximumFractionDigits: 1 })

  async function keep(): Promise<void> {
    await keepStorage()
    setHealth(await measureStorage(plentyBytes))
  }

  return (
    <section class="stack">
      <h2>{t('device')}</h2>
      <dl class="facts">
        <dt>{t('deviceName')}</dt>
        <dd>{name}</dd>
        {holder && <dt>{t('holder')}</dt>}
        {holder && <dd>{holder}</dd>}
        <dt>{t('storage')}</dt>
        <dd>{health?.persisted ? t('persisted') : t('notPersisted')}</dd>
        {health?.freeBytes !== undefined && <dt>{t('space')}</dt>}
        {health?.freeBytes !== undefined && (
          <dd>
            {health.freeBytes < plentyBytes
              ? t('megabytes', { size: asNumber.format(health.freeBytes / 1e6) })
              : t('plenty')}
          </dd>
        )}
      </dl>
      {health?.persisted === false && (
        <button type="button" onClick={keep}>
          {t('keep')}
        </button>
      )}
      {Math.abs(offsetMs) > clockOffMs && (
        <Notice kind="warn">
          <p>{t('clockWrong')}</p>
          <p>{t('clockHere', { time: localMoment(now, language) })}</p>
          <p>{t('clockServer', { time: localMoment(now + offsetMs, language) })}</p>
        </Notice>
      )}
    </section>
  )
}
