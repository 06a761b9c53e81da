import { useRef } from 'preact/hooks'
import { useApp } from '../../app.ts'
import { localMoment } from '../../dates.ts'
import { failureWords } from '../../parts/failureWords.ts'
import { Icon } from '../../parts/Icon.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { useLanguage, useWords } from '../../words.ts'
import { isAnswered } from './keptFile.ts'
import { RescuedEvent } from './RescuedEvent.tsx'
import { type Delivery, useDelivery } from './useDelivery.ts'

/** Opens another device's rescue file, shows what is in it, sends it and says what became of each op. */
export function DeliverRescue() {
  const t = useWords('rescue')
  const { identity } = useApp()
  const delivery = useDelivery()
  const input = useRef<HTMLInputElement>(null)
  return (
    <section class="card">
      <h2>{t('sendTitle')}</h2>
      <p>{t('sendHint')}</p>
      <input
        ref={input}
        type="file"
        accept=".json,.txt,application/json,text/plain"
        hidden
        aria-label={t('choose')}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0]
          currentTarget.value = ''
          if (file) void delivery.choose(file)
        }}
      />
      <button type="button" onClick={() => input.current?.click()}>
        <Icon name="upload" />
        {t('choose')}
      </button>
      {delivery.unreadable && <Notice kind="danger">{t(`unreadable.${delivery.unreadable}`)}</Notice>}
      {!identity.value.enrolled && <Notice kind="warn">{t('notEnrolled')}</Notice>}
      {delivery.opened && <Opened delivery={delivery} opened={delivery.opened} />}
    </section>
  )
}

function Opened({ delivery, opened }: { delivery: Delivery; opened: NonNullable<Delivery['opened']> }) {
  const t = useWords('rescue')
  const language = useLanguage()
  const { sending, failure } = delivery
  const { name, holder } = opened.device
  const answered = isAnswered(opened)
  const spaces = [...new Set(opened.batches.map(({ space }) => space))]
  return (
    <div class="stack">
      <p>{t('from', { device: holder ? `${holder} (${name})` : name, time: localMoment(opened.madeAt, language) })}</p>
      <ul class="rows">
        {spaces.map((space) => (
          <li key={space}>
            <RescuedEvent space={space} batches={opened.batches.filter((batch) => batch.space === space)} />
          </li>
        ))}
      </ul>
      {failure && (
        <Notice kind="warn">
          <p>{failureWords(t, failure)}</p>
          <p>{t(opened.batches.every(({ carried, outcomes }) => carried || outcomes) ? 'keptCarried' : 'keptHere')}</p>
        </Notice>
      )}
      {!answered && (
        <button type="button" class="primary" onClick={() => void delivery.send()} aria-disabled={sending}>
          {sending ? t('sending') : t('send')}
        </button>
      )}
      <button type="button" onClick={() => void delivery.close()} aria-disabled={sending}>
        {t(answered ? 'done' : 'putAway')}
      </button>
    </div>
  )
}
