import { useState } from 'preact/hooks'
import { SaveRescue } from '../../parts/SaveRescue.tsx'
import { useWords } from '../../words.ts'

export type Ops = ReadonlySet<string>

/** A rescue file of all events or one, and the person's word that it is put away; `onKept`: what is in it, once it is. */
export function KeptRescue({ only, onKept }: { only?: string; onKept: (ops: Ops | undefined) => void }) {
  const t = useWords('safe')
  const [rescued, setRescued] = useState<Ops | undefined>(undefined)
  const [isKept, setKept] = useState(false)

  function change(ops: Ops | undefined, kept: boolean): void {
    setRescued(ops)
    setKept(kept)
    onKept(kept ? ops : undefined)
  }
  return (
    <>
      <SaveRescue only={only} onSaved={(ops) => change(ops, isKept)} />
      {rescued && (
        <label class="choice">
          <input
            type="checkbox"
            checked={isKept}
            onChange={({ currentTarget }) => change(rescued, currentTarget.checked)}
          />
          {t('kept')}
        </label>
      )}
    </>
  )
}
