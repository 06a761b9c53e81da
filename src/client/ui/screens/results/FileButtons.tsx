import { useState } from 'preact/hooks'
import type { EventRecord } from '../../../../core/event.ts'
import { dayAt } from '../../../../core/time.ts'
import { saveFile } from '../../../device/files.ts'
import { noteExport } from '../../../state/exports.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import type { DocumentsWorker } from '../../../worker/start.ts'
import { useApp } from '../../app.ts'
import { orUnavailable } from '../../orUnavailable.ts'
import { Icon } from '../../parts/Icon.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'

export type ResultFormat = 'pdf' | 'xlsx' | 'csv'

/** One button for each format in which results can be had; the file is made on this device, and handed over. */
export function FileButtons(props: {
  space: OpenSpace
  event: EventRecord
  formats: readonly ResultFormat[]
  make: (documents: DocumentsWorker, format: ResultFormat) => ReturnType<DocumentsWorker['makeResults']>
}) {
  const { space, event, formats } = props
  const t = useWords('results')
  const { documents } = useApp()
  const [state, setState] = useState<'making' | 'saved' | 'failed' | { file: File } | undefined>(undefined)

  async function hand(file: File): Promise<void> {
    const outcome = await saveFile(file)
    setState(outcome === 'needsTap' ? { file } : outcome === 'saved' ? 'saved' : undefined)
  }
  async function make(format: ResultFormat): Promise<void> {
    setState('making')
    const made = await props.make(documents, format).catch(orUnavailable)
    if (!made.ok) return setState('failed')
    await noteExport(space, { what: 'results', format })
    const name = `umpan-balik-${dayAt(space.now(), event.zone)}.${format}`
    await hand(new File([made.value], name, { type: made.value.type }))
  }
  return (
    <>
      <div class="buttons">
        {formats.map((format) => (
          <button type="button" key={format} disabled={state === 'making'} onClick={() => void make(format)}>
            <Icon name="download" />
            {t(`export.${format}`)}
          </button>
        ))}
      </div>
      {state === 'making' && <p role="status">{t('export.making')}</p>}
      {state === 'saved' && <Notice kind="ok">{t('export.saved')}</Notice>}
      {state === 'failed' && <Notice kind="danger">{t('export.failed')}</Notice>}
      {typeof state === 'object' && (
        <button type="button" class="primary" onClick={() => void hand(state.file)}>
          {t('export.saveNow')}
        </button>
      )}
    </>
  )
}
