import type { Signatory } from '../../../../core/event.ts'
import { readNip } from '../../../../core/nip.ts'
import { dayAt } from '../../../../core/time.ts'
import { useApp } from '../../app.ts'
import { TextField } from '../../parts/Field.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'

const texts = ['label', 'position', 'name', 'rank'] as const

/** Who signs below the list; a NIP that cannot be right is pointed out and kept as it was typed. */
export function SignatoryFields(props: { legend: string; value: Signatory; onChange: (value: Signatory) => void }) {
  const t = useWords('eventForm')
  const { wall } = useApp()
  const { legend, value, onChange } = props
  const reading = readNip(value.nip, dayAt(wall(), 'WIB'))
  return (
    <fieldset class="signatory">
      <legend>{legend}</legend>
      {texts.map((name) => (
        <TextField
          key={name}
          label={t(`signatory.${name}`)}
          value={value[name]}
          onInput={(typed) => onChange({ ...value, [name]: typed })}
          optional
        />
      ))}
      <TextField
        label={t('signatory.nip')}
        inputMode="numeric"
        value={value.nip}
        onInput={(nip) => onChange({ ...value, nip })}
        optional
      />
      {value.nip.trim() && reading.kind === 'invalid' && (
        <Notice kind="warn">{t(`nipProblem.${reading.problem}`)}</Notice>
      )}
    </fieldset>
  )
}
