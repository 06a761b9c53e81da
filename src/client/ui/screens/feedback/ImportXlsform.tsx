import { useRef, useState } from 'preact/hooks'
import { type ImportedForm, readXlsform } from '../../../../core/xlsform/read.ts'
import { useApp } from '../../app.ts'
import { orUnavailable } from '../../orUnavailable.ts'
import { Icon } from '../../parts/Icon.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'

/** A form from a file of ODK, KoboToolbox or Hadir. What it holds and cannot be asked here is named before it is used. */
export function ImportXlsform({ onRead }: { onRead: (form: ImportedForm) => Promise<void> }) {
  const t = useWords('feedback')
  const readingWords = useWords('import')
  const { documents } = useApp()
  const input = useRef<HTMLInputElement>(null)
  const [failure, setFailure] = useState<string | undefined>(undefined)
  const [form, setForm] = useState<ImportedForm | undefined>(undefined)

  async function read(file: File): Promise<void> {
    setFailure(undefined)
    setForm(undefined)
    const tables = await documents.readTables(file).catch(orUnavailable)
    if (!tables.ok) return setFailure(readingWords(`readFailure.${tables.failure.kind}`))
    const found = readXlsform(tables.value.tables)
    if (found.questions.length === 0) return setFailure(t('xlsform.noQuestions'))
    if (found.problems.length > 0) return setForm(found)
    await onRead(found)
  }

  return (
    <section class="stack" aria-labelledby="xlsform">
      <h3 id="xlsform">{t('xlsform.title')}</h3>
      <p class="hint">{t('xlsform.hint')}</p>
      <input
        ref={input}
        type="file"
        accept=".xlsx"
        hidden
        aria-label={t('xlsform.choose')}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0]
          currentTarget.value = ''
          if (file) void read(file)
        }}
      />
      <button type="button" onClick={() => input.current?.click()}>
        <Icon name="upload" />
        {t('xlsform.choose')}
      </button>
      {failure && <Notice kind="danger">{failure}</Notice>}
      {form && (
        <Notice kind="warn">
          <p>{t('xlsform.leftOut', { count: form.problems.length })}</p>
          <ul>
            {form.problems.map(({ kind, row, what }) => (
              <li key={`${row} ${kind} ${what}`}>
                {row > 0 && `${t('xlsform.row', { row })}: `}
                {t(`xlsform.problems.${kind}`, { what })}
              </li>
            ))}
          </ul>
          <button type="button" onClick={() => void onRead(form)}>
            {t('xlsform.useAnyway', { count: form.questions.length })}
          </button>
        </Notice>
      )}
    </section>
  )
}
