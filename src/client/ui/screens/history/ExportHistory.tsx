import { may } from '../../../../core/access.ts'
import type { EventRecord } from '../../../../core/event.ts'
import type { Table } from '../../../../core/import/table.ts'
import { dayAt, formatTime } from '../../../../core/time.ts'
import { noteExport } from '../../../state/exports.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useApp } from '../../app.ts'
import { FileButtons } from '../../parts/FileButtons.tsx'
import { lineWords } from '../../parts/historyWords.ts'
import { useWords } from '../../words.ts'
import type { Shown } from './shownEntries.ts'

/** The listed history of an event as a file; that it was made is itself a line of the history. */
export function ExportHistory({ space, event, shown }: { space: OpenSpace; event: EventRecord; shown: Shown[] }) {
  const t = useWords('history')
  const ofLines = useWords('historyWords')
  const { documents } = useApp()

  function table(): Table {
    const moment = (at: number) => `${dayAt(at, event.zone)} ${formatTime(at, event.zone)}`
    const head = [t('corrected'), t('deviceClock'), t('received'), t('who'), t('device'), t('what')]
    const rows = shown.flatMap(({ entry, who }) =>
      entry.lines.map((line) => [
        moment(entry.at),
        moment(entry.wall),
        typeof entry.received === 'number' ? moment(entry.received) : t(`receivedAs.${entry.received}`),
        who,
        entry.dev,
        lineWords(ofLines, space, line, entry.lines),
      ]),
    )
    return { name: t('title'), rows: [head, ...rows], merges: [] }
  }
  if (!may(space.role.value, 'exportFull')) return null
  return (
    <section class="stack" aria-labelledby="export-history">
      <h2 id="export-history">{t('export')}</h2>
      <FileButtons
        formats={['xlsx', 'csv']}
        make={(format, options) => documents.makeTables(format, [table()], options)}
        fileName={() => `riwayat-${dayAt(space.now(), event.zone)}`}
        onMade={async (format) => {
          await noteExport(space, { what: 'history', format })
          return true
        }}
      />
    </section>
  )
}
