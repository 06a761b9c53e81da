import { readNip } from '../../../../core/nip.ts'
import type { Day } from '../../../../core/time.ts'
import { useWords } from '../../words.ts'
import { TextField } from '../Field.tsx'
import { Notice } from '../Notice.tsx'
import type { PersonDraft } from './personDraft.ts'

/** NIP, NI PPPK or NRP, read while it is typed. What is wrong is a warning: nobody is turned away at the door. */
export function NumberField(props: {
  draft: PersonDraft
  today: Day
  onInput: (nip: string) => void
  error?: string | undefined
}) {
  const t = useWords('person')
  const { nip, numberKind } = props.draft
  const reading = nip.trim() === '' || numberKind === 'nrp' ? undefined : readNip(nip, props.today)
  const known = reading && reading.kind !== 'invalid' ? reading : undefined
  return (
    <>
      <TextField
        label={t('number')}
        optional
        inputMode="numeric"
        autoComplete="off"
        maxLength={40}
        hint={
          known ? t('numberRead', { kind: t(`numberKinds.${known.kind}`), sex: t(`sexes.${known.sex}`) }) : undefined
        }
        value={nip}
        error={props.error}
        onInput={props.onInput}
      />
      {reading?.kind === 'invalid' && (
        <Notice kind="warn">
          {t(`nipProblem.${reading.problem}`)} {t('numberKeptAnyway')}
        </Notice>
      )}
    </>
  )
}
