import { isDay } from '../../../../core/time.ts'
import { dayWords } from '../../dates.ts'
import { TextField } from '../../parts/Field.tsx'
import { useLanguage, useWords } from '../../words.ts'
import type { SessionForm } from './form.ts'

/** The weekday is derived from the date and shown beside it, never typed. */
export function SessionFields(props: {
  session: SessionForm
  number: number
  onChange: (session: SessionForm) => void
  onRemove: () => void
  errorOf: (field: string) => string | undefined
}) {
  const t = useWords('eventForm')
  const language = useLanguage()
  const { session, onChange, errorOf } = props
  const { key, title, day, start, end } = session
  return (
    <fieldset class="session-fields">
      <legend>{t('sessionNumber', { number: props.number })}</legend>
      <TextField
        label={t('sessionTitle')}
        value={title}
        onInput={(value) => onChange({ ...session, title: value })}
        error={errorOf(`title.${key}`)}
      />
      <TextField
        label={t('day')}
        type="date"
        value={day}
        onInput={(value) => onChange({ ...session, day: value })}
        error={errorOf(`day.${key}`)}
      />
      <output class="weekday">{isDay(day) && dayWords(day, language)}</output>
      <div class="times">
        <TextField
          label={t('start')}
          type="time"
          value={start}
          onInput={(value) => onChange({ ...session, start: value })}
          error={errorOf(`start.${key}`)}
        />
        <TextField
          label={t('end')}
          type="time"
          value={end}
          onInput={(value) => onChange({ ...session, end: value })}
          optional
          error={errorOf(`end.${key}`)}
        />
      </div>
      {!end && <p class="soft">{t('untilDone')}</p>}
      <button type="button" class="link-button" onClick={props.onRemove}>
        {t('removeSession', { number: props.number })}
      </button>
    </fieldset>
  )
}
