import { useState } from 'preact/hooks'
import { SaveFiles } from '../../parts/SaveFiles.tsx'
import { SaveRescue } from '../../parts/SaveRescue.tsx'
import { useWords } from '../../words.ts'

export type Ops = ReadonlySet<string>

/**
 * A rescue file of all events or one, the files of materials beside it, and the person's word that they are put away;
 * `onKept`: what is in them, once they are.
 */
export function KeptRescue({ only, onKept }: { only?: string; onKept: (ops: Ops | undefined) => void }) {
  const t = useWords('safe')
  const [written, setWritten] = useState<Ops | undefined>(undefined)
  const [files, setFiles] = useState<Ops | undefined>(undefined)
  const [isKept, setKept] = useState(false)

  function change(ops: Ops | undefined, saved: Ops | undefined, kept: boolean): void {
    setWritten(ops)
    setFiles(saved)
    setKept(kept)
    onKept(kept ? new Set([...(ops ?? []), ...(saved ?? [])]) : undefined)
  }
  const which = only === undefined ? {} : { only }
  return (
    <>
      <SaveRescue {...which} onSaved={(ops) => change(ops, files, isKept)} />
      <SaveFiles {...which} onSaved={(saved) => change(written, saved, isKept)} />
      {(written || files) && (
        <label class="choice">
          <input
            type="checkbox"
            checked={isKept}
            onChange={({ currentTarget }) => change(written, files, currentTarget.checked)}
          />
          {t('kept')}
        </label>
      )}
    </>
  )
}
