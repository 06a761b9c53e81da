import { useState } from 'preact/hooks'
import { useWords } from '../words.ts'
import { SaveFiles } from './SaveFiles.tsx'
import { SaveRescue } from './SaveRescue.tsx'

export type Ops = ReadonlySet<string>

/**
 * A rescue file of all events or one, the files of materials beside it unless `opsOnly`, and the person's word that they
 * are there: no page learns what became of a download or of what was shared. `onKept`: what is in them, once that word is
 * given; it is about what was saved until then. `isDone`: as for SaveRescue.
 */
export function KeptRescue({
  opsOnly = false,
  onKept,
  ...rest
}: {
  only?: string
  opsOnly?: boolean
  isDone?: boolean
  onKept: (ops: Ops | undefined) => void
}) {
  const t = useWords('shell')
  const [written, setWritten] = useState<Ops | undefined>(undefined)
  const [files, setFiles] = useState<Ops | undefined>(undefined)
  const [isKept, setKept] = useState(false)

  function change(ops: Ops | undefined, saved: Ops | undefined, kept: boolean): void {
    setWritten(ops)
    setFiles(saved)
    setKept(kept)
    onKept(kept ? new Set([...(ops ?? []), ...(saved ?? [])]) : undefined)
  }
  return (
    <>
      <SaveRescue {...rest} isBrief={opsOnly} onSaved={(ops) => change(ops, files, false)} />
      {!opsOnly && <SaveFiles {...rest} onSaved={(saved) => change(written, saved, false)} />}
      {(written || files) && (
        <label class="choice">
          <input
            type="checkbox"
            checked={isKept}
            onChange={({ currentTarget }) => change(written, files, currentTarget.checked)}
          />
          {t('rescue.kept')}
        </label>
      )}
    </>
  )
}
