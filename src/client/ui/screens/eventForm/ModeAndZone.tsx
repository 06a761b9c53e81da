import { eventModes } from '../../../../core/event.ts'
import { Field, TextField } from '../../parts/Field.tsx'
import { useWords } from '../../words.ts'
import { type EventForm, institutionWords, zoneNames } from './form.ts'

export function ModeAndZone({ form, onChange }: { form: EventForm; onChange: (part: Partial<EventForm>) => void }) {
  const t = useWords('eventForm')
  return (
    <>
      <TextField
        label={t('institutionWord')}
        hint={t('institutionWordHint')}
        value={form.institutionWord}
        onInput={(institutionWord) => onChange({ institutionWord })}
        list="institution-words"
      />
      <datalist id="institution-words">
        {institutionWords.map((word) => (
          <option key={word} value={word} />
        ))}
      </datalist>
      <fieldset class="choices">
        <legend>{t('mode')}</legend>
        {eventModes.map((mode) => (
          <label key={mode} class="choice">
            <input type="radio" name="mode" checked={form.mode === mode} onChange={() => onChange({ mode })} />
            {t(`modes.${mode}`)}
          </label>
        ))}
      </fieldset>
      <Field label={t('zone')} hint={t(`zones.${form.zone}`)}>
        {(ids) => (
          <select
            {...ids}
            value={form.zone}
            onChange={({ currentTarget: { value } }) => {
              const zone = zoneNames.find((name) => name === value)
              if (zone) onChange({ zone })
            }}
          >
            {zoneNames.map((zone) => (
              <option key={zone} value={zone}>
                {t(`zoneNames.${zone}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </>
  )
}
