import { useMemo, useState } from 'preact/hooks'
import type { ImportPlan } from '../../../../core/import/plan.ts'
import { countProblems, listProblems } from '../../../../core/import/problems.ts'
import { saveFile } from '../../../device/files.ts'
import { noteExport } from '../../../state/exports.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useApp } from '../../app.ts'
import { orUnavailable } from '../../orUnavailable.ts'
import { Icon } from '../../parts/Icon.tsx'
import { useWords } from '../../words.ts'
import { reasonWords } from './previewRows.ts'

/** The rows that a person has to look at, as a file to mend the list with. */
export function ProblemList({ space, plan }: { space: OpenSpace; plan: ImportPlan }) {
  const t = useWords('import')
  const { documents } = useApp()
  const [outcome, setOutcome] = useState<'saved' | 'again' | 'failed' | undefined>(undefined)
  const count = useMemo(() => countProblems(plan), [plan])
  if (count === 0) return null

  async function save(): Promise<void> {
    const rows = listProblems(plan, {
      head: [t('problem.row'), t('problem.name'), t('problem.institution'), t('problem.nip'), t('problem.reason')],
      reason: (reason) => reasonWords(t, reason),
      skipped: ({ reason }) => t(`skipReason.${reason}`),
    })
    const made = await documents.makeTables('csv', [{ name: '', rows, merges: [] }]).catch(orUnavailable)
    if (!made.ok) return setOutcome('failed')
    await noteExport(space, { what: 'problems', format: 'csv' })
    const saved = await saveFile(new File([made.value], t('problem.file'), { type: made.value.type }))
    if (saved === 'needsTap') setOutcome('again')
    else setOutcome(saved === 'closed' ? undefined : 'saved')
  }

  return (
    <div class="stack problem-list">
      <button type="button" onClick={() => void save()}>
        <Icon name="download" />
        {t('problem.download', { count })}
      </button>
      {outcome && (
        <p class={outcome === 'failed' ? 'error' : 'soft'} role={outcome === 'failed' ? 'alert' : 'status'}>
          {t(`problem.${outcome}`, { file: t('problem.file') })}
        </p>
      )}
    </div>
  )
}
