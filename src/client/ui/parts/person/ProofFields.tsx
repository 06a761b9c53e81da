import { useLayoutEffect, useRef } from 'preact/hooks'
import type { ConsentKind } from '../../../../core/consent.ts'
import { type UnsignedReason, unsignedReasons } from '../../../../core/unsigned.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { invitedOffices } from '../../../state/suggestions.ts'
import { useWords } from '../../words.ts'
import { TextField } from '../Field.tsx'
import { SignaturePad } from '../SignaturePad.tsx'
import type { Proof, ProofProblem } from './proof.ts'
import { SuggestField } from './SuggestField.tsx'

type Props = { proof: Proof; onChange: (proof: Proof) => void; problem: ProofProblem | undefined }

const usualReasons = Object.keys(unsignedReasons).filter((key): key is UnsignedReason => key in unsignedReasons)

/** The pad; or, for whoever cannot sign, why not. `alone`: who signs in without staff is sent to them for that. */
export function SignatureFields({ proof, onChange, problem, name, alone }: Props & { name: string; alone?: boolean }) {
  const t = useWords('person')
  const firstReason = useRef<HTMLInputElement>(null)
  const asked = useRef(false)
  useLayoutEffect(() => {
    if (asked.current) firstReason.current?.focus()
  }, [proof.cannotSign])

  function askReason() {
    asked.current = true
    onChange({ ...proof, cannotSign: true })
  }

  if (!proof.cannotSign)
    return (
      <div class="stack">
        <SignaturePad
          name={name}
          ink={proof.ink}
          onInk={(ink) => onChange({ ...proof, ink })}
          error={problem === 'noInk' || problem === 'littleInk' ? t(problem) : undefined}
        />
        {alone ? (
          <p class="soft">{t('cannotSignAlone')}</p>
        ) : (
          <button type="button" class="link-button" onClick={askReason}>
            {t('cannotSign')}
          </button>
        )}
      </div>
    )
  const isUsual = usualReasons.some((key) => unsignedReasons[key] === proof.reason)
  return (
    <div class="stack">
      <fieldset class="choices choices-column">
        <legend>{t('reasonTitle')}</legend>
        {usualReasons.map((key, index) => (
          <label class="choice" key={key}>
            <input
              ref={index === 0 ? firstReason : undefined}
              type="radio"
              name="reason"
              checked={proof.reason === unsignedReasons[key]}
              onChange={() => onChange({ ...proof, reason: unsignedReasons[key] })}
            />
            {t(`reasons.${key}`)}
          </label>
        ))}
      </fieldset>
      <TextField
        label={t('otherReason')}
        value={isUsual ? '' : proof.reason}
        onInput={(reason) => onChange({ ...proof, reason })}
        error={problem === 'noReason' ? t('noReason') : undefined}
        maxLength={200}
      />
      <button type="button" class="link-button" onClick={() => onChange({ ...proof, cannotSign: false })}>
        {t('signAfterAll')}
      </button>
    </div>
  )
}

/** Whether the person stands in for an invited office, and for which. */
export function RepresentsFields({
  proof,
  onChange,
  problem,
  space,
}: Props & { space: Pick<OpenSpace, 'people' | 'offices'> }) {
  const t = useWords('person')
  const box = useRef<HTMLDivElement>(null)
  const asked = useRef(false)
  useLayoutEffect(() => {
    if (!proof.representing || !asked.current) return
    box.current?.scrollIntoView({ block: 'center' })
    box.current?.querySelector<HTMLInputElement>('input[list]')?.focus()
  }, [proof.representing])

  function tick(representing: boolean) {
    asked.current = true
    onChange({ ...proof, representing })
  }
  return (
    <div class="stack" ref={box}>
      <label class="choice">
        <input
          type="checkbox"
          checked={proof.representing}
          onChange={({ currentTarget }) => tick(currentTarget.checked)}
        />
        {t('representing')}
      </label>
      {proof.representing && (
        <SuggestField
          label={t('represents')}
          hint={t('representsHint')}
          value={proof.represents}
          from={invitedOffices(space)}
          error={problem === 'noOffice' ? t('noOffice') : undefined}
          onInput={(represents) => onChange({ ...proof, represents })}
        />
      )}
    </div>
  )
}

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
