import { useState } from 'preact/hooks'
import { may } from '../../../../core/access.ts'
import type { EventRecord } from '../../../../core/event.ts'
import type { Table } from '../../../../core/import/table.ts'
import { dayAt, formatTime } from '../../../../core/time.ts'
import { saveFile } from '../../../device/files.ts'
import { noteExport } from '../../../state/exports.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useApp } from '../../app.ts'
import { orUnavailable } from '../../orUnavailable.ts'
import { lineWords } from '../../parts/historyWords.ts'
import { Icon } from '../../parts/Icon.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'
import type { Shown } from './shownEntries.ts'

/** What is listed as a workbook or as CSV, made on this device; that it was made is itself a line of the history. */
export function ExportHistory({ space, event, shown }: { space: OpenSpace; event: EventRecord; shown: Shown[] }) {
  const t = useWords('history')
  const { documents } = useApp()
  const [state, setState] = useState<'making' | 'saved' | 'failed' | { file: File } | undefined>(undefined)

  function table(): Table {
    const moment = (at: number) => `${dayAt(at, event.zone)} ${formatTime(at, event.zone)}`
    const head = [t('corrected'), t('deviceClock'), t('who'), t('device'), t('what')]
    const rows = shown.flatMap(({ entry, who }) =>
      entry.lines.map((line) => [
        moment(entry.at),
        moment(entry.wall),
        who,
        entry.dev,
        lineWords(t, space, line, entry.lines),
      ]),
    )
    return { name: t('title'), rows: [head, ...rows], merges: [] }
  }
  async function hand(file: File): Promise<void> {
    const outcome = await saveFile(file)
    setState(outcome === 'needsTap' ? { file } : outcome === 'saved' ? 'saved' : undefined)
  }
  async function make(format: 'xlsx' | 'csv'): Promise<void> {
    setState('making')
    const made = await documents.makeTables(format, [table()]).catch(orUnavailable)
    if (!made.ok) return setState('failed')
    await noteExport(space, { what: 'history', format })
    await hand(new File([made.value], `riwayat-${dayAt(space.now(), event.zone)}.${format}`, { type: made.value.type }))
  }
  if (!may(space.role.value, 'exportFull')) return null
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
