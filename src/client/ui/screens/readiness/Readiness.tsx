import { useEffect } from 'preact/hooks'
import type { EventRecord } from '../../../../core/event.ts'
import { sentFiles } from '../../../state/materials.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useApp } from '../../app.ts'
import { localMoment } from '../../dates.ts'
import { Icon } from '../../parts/Icon.tsx'
import { InEvent } from '../../parts/InEvent.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import type { ScreenProps } from '../../routes.ts'
import { SyncFailure } from '../../status/SyncFailure.tsx'
import { useLanguage, useWords } from '../../words.ts'
import { NeedCard } from './NeedCard.tsx'
import { useReadiness } from './useReadiness.ts'

/** "Siap tanpa internet?": asked before a phone leaves coverage; one green, or what to do. */
export function Readiness({ space: id }: ScreenProps) {
  return <InEvent id={id}>{(space, event) => <Checked space={space} event={event} />}</InEvent>
}

function Checked({ space, event }: { space: OpenSpace; event: EventRecord }) {
  const t = useWords('readiness')
  const language = useLanguage()
  const { syncNow } = useApp()
  const { readiness, checkedAt, look } = useReadiness(space)
  useEffect(syncNow, [syncNow])

  function again(): void {
    syncNow()
    void look()
  }

  return (
    <Screen
      title={t('title')}
      above={event.title}
      back={`/kegiatan/${space.id}`}
      actions={
        <button type="button" class="primary" onClick={again}>
          {t('again')}
        </button>
      }
    >
      {!readiness || checkedAt === undefined ? (
        <p role="status" aria-busy="true">
          {t('checking')}
        </p>
      ) : (
        <>
          <Notice kind={readiness.needs.length === 0 ? 'ok' : 'warn'}>
            <h2>{readiness.needs.length === 0 ? t('ready') : t('notReady', { count: readiness.needs.length })}</h2>
            <p>{t('checked', { time: localMoment(checkedAt, language) })}</p>
          </Notice>
          <SyncFailure />
          {readiness.needs.length > 0 && (
            <ul class="rows">
              {readiness.needs.map((need) => (
                <li key={need}>
                  <NeedCard need={need} space={space} onDone={look} />
                </li>
              ))}
            </ul>
          )}
          <ul class="met" aria-label={t('metTitle')}>
            {readiness.met.map((check) => (
              <li key={check}>
                <Icon name="check" />
                {t(`met.${check}`, { count: check === 'files' ? sentFiles(space).length : space.people.value.size })}
              </li>
            ))}
          </ul>
        </>
      )}
    </Screen>
  )
}
