import type { SessionRecord } from '../../../../core/event.ts'
import { consentsFor } from '../../../../core/signIn.ts'
import type { FormSpace } from '../../../state/formSpace.ts'
import { TextField } from '../../parts/Field.tsx'
import { LateField } from '../../parts/person/LateField.tsx'
import { ConsentChoice, RepresentsFields, SignatureFields } from '../../parts/person/ProofFields.tsx'
import type { Proof, ProofProblem } from '../../parts/person/proof.ts'
import { useWords } from '../../words.ts'
import { type AttendeeDraft, hasAddress, nameOf } from './form.ts'

/** Second of three: the signature or why there is none, for whom one stands in, and what may be agreed to freely. */
export function SignStep(props: {
  space: FormSpace
  session: SessionRecord
  draft: AttendeeDraft
  onChange: (draft: AttendeeDraft) => void
  problem: ProofProblem | undefined
}) {
  const t = useWords('attendee')
  const { space, draft, onChange, problem } = props
  const { asks, wallCode, consents } = space.signIn.value
  const proofFields = { proof: draft.proof, problem, onChange: (proof: Proof) => onChange({ ...draft, proof }) }
  return (
    <>
      <LateField session={props.session} zone={space.event.value?.zone ?? 'WIB'} {...proofFields} />
      <SignatureFields name={nameOf(draft)} {...proofFields} />
      {asks.includes('represents') && <RepresentsFields space={space} {...proofFields} />}
      {wallCode && (
        <TextField
          label={t('wallCode')}
          hint={t('wallCodeHint')}
          optional
          value={draft.wallCode}
          onInput={(typed) => onChange({ ...draft, wallCode: typed, wallCodeAt: space.now() })}
          inputMode="numeric"
          autoComplete="off"
          maxLength={8}
        />
      )}
      <ConsentChoice
        offered={consentsFor(consents, hasAddress(draft))}
        chosen={draft.consents}
        onChange={(chosen) => onChange({ ...draft, consents: chosen })}
      />
    </>
  )
}
