import type { ConsentKind } from '../../../../core/consent.ts'
import { useWords } from '../../words.ts'

/** What may be agreed to freely, unticked; nothing where the event offers nothing. */
export function ConsentChoice(props: {
  offered: readonly ConsentKind[]
  chosen: readonly ConsentKind[]
  onChange: (chosen: ConsentKind[]) => void
}) {
  const t = useWords('person')
  const { offered, chosen, onChange } = props
  const toggled = (kind: ConsentKind) =>
    chosen.includes(kind) ? chosen.filter((one) => one !== kind) : [...chosen, kind]
  if (offered.length === 0) return null
  return (
    <fieldset class="choices choices-column">
      <legend>{t('consentsTitle')}</legend>
      {offered.map((kind) => (
        <label class="choice" key={kind}>
          <input type="checkbox" checked={chosen.includes(kind)} onChange={() => onChange(toggled(kind))} />
          {t(`consent.${kind}`)}
        </label>
      ))}
    </fieldset>
  )
}
