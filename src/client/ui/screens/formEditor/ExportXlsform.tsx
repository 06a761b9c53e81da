import { useState } from 'preact/hooks'
import type { FormRecord } from '../../../../core/form/form.ts'
import type { Question } from '../../../../core/form/question.ts'
import { writeXlsform } from '../../../../core/xlsform/write.ts'
import { saveFile } from '../../../device/files.ts'
import { noteExport } from '../../../state/exports.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useApp } from '../../app.ts'
import { orUnavailable } from '../../orUnavailable.ts'
import { Icon } from '../../parts/Icon.tsx'
import { useWords } from '../../words.ts'

/** The form as it is saved, as a file that ODK and KoboToolbox read. */
export function ExportXlsform(props: { space: OpenSpace; form: FormRecord; questions: Question[]; version: number }) {
  const t = useWords('feedback')
  const { documents } = useApp()
  const [file, setFile] = useState<File | undefined>(undefined)
  const [failed, setFailed] = useState(false)
  async function make(): Promise<void> {
    const { space, form, questions, version } = props
    setFailed(false)
    const tables = writeXlsform({ id: `hadir_${form.purpose}`, title: form.title, version, questions })
    const made = file ? undefined : await documents.makeTables('xlsx', tables).catch(orUnavailable)
    if (made && !made.ok) return setFailed(true)
    const whole =
      file ?? new File([made?.value ?? ''], `formulir-${form.purpose}.xlsx`, { type: made?.value.type ?? '' })
    if (!file) await noteExport(space, { what: 'form', format: 'xlsx' })
    const outcome = await saveFile(whole)
    setFile(outcome === 'needsTap' ? whole : undefined)
  }
  return (
    <>
      <button type="button" onClick={() => void make()}>
        <Icon name="download" />
        {t('editor.exportXlsform')}
      </button>
      {failed && (
        <p class="error" role="alert">
          {t('editor.exportFailed')}
        </p>
      )}
    </>
  )
}
