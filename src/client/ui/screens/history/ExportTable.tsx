import { useState } from 'preact/hooks'
import type { Table } from '../../../../core/import/table.ts'
import { saveFile } from '../../../device/files.ts'
import { useApp } from '../../app.ts'
import { orUnavailable } from '../../orUnavailable.ts'
import { Icon } from '../../parts/Icon.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'

type Format = 'xlsx' | 'csv'

/** What is listed as a workbook or as CSV, made on this device. `fileName` is without its ending. */
export function ExportTable(props: {
  /** `undefined`: it could not be had, which the screen has said. */
  table: () => Promise<Table | undefined>
  fileName: () => string
  /** Notes it before the file leaves the device; false: it could not be noted, and so it stays. */
  onMade: (format: Format) => Promise<boolean>
}) {
  const t = useWords('history')
  const { documents } = useApp()
  const [state, setState] = useState<'making' | 'saved' | 'failed' | { file: File } | undefined>(undefined)

  async function hand(file: File): Promise<void> {
    const outcome = await saveFile(file)
    setState(outcome === 'needsTap' ? { file } : outcome === 'saved' ? 'saved' : undefined)
  }
  async function make(format: Format): Promise<void> {
    setState('making')
    const table = await props.table()
    if (!table) return setState(undefined)
    const made = await documents.makeTables(format, [table]).catch(orUnavailable)
    if (!made.ok) return setState('failed')
    if (!(await props.onMade(format))) return setState('failed')
    await hand(new File([made.value], `${props.fileName()}.${format}`, { type: made.value.type }))
  }
  return (
    <section class="stack" aria-labelledby="export-history">
      <h2 id="export-history">{t('export')}</h2>
      <div class="buttons">
        {(['xlsx', 'csv'] as const).map((format) => (
          <button type="button" key={format} disabled={state === 'making'} onClick={() => void make(format)}>
            <Icon name="download" />
            {t(`exportAs.${format}`)}
          </button>
        ))}
      </div>
      {state === 'making' && <p role="status">{t('making')}</p>}
      {state === 'saved' && <Notice kind="ok">{t('saved')}</Notice>}
      {state === 'failed' && <Notice kind="danger">{t('failed')}</Notice>}
      {typeof state === 'object' && (
        <button type="button" class="primary" onClick={() => void hand(state.file)}>
          {t('saveNow')}
        </button>
      )}
    </section>
  )
}
