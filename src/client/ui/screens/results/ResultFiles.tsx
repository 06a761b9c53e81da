import type { EventRecord } from '../../../../core/event.ts'
import { dayAt } from '../../../../core/time.ts'
import { noteExport } from '../../../state/exports.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import type { DocumentsWorker, WorkOptions } from '../../../worker/start.ts'
import { useApp } from '../../app.ts'
import { FileButtons, type FileFormat } from '../../parts/FileButtons.tsx'

/** Results of an event as files; that they were taken is a line of its history. */
export function ResultFiles<Format extends FileFormat>(props: {
  space: OpenSpace
  event: EventRecord
  formats: readonly Format[]
  make: (
    documents: DocumentsWorker,
    format: Format,
    options: Required<WorkOptions>,
  ) => ReturnType<DocumentsWorker['makeResults']>
}) {
  const { space, event, formats } = props
  const { documents } = useApp()
  return (
    <FileButtons
      formats={formats}
      make={(format, options) => props.make(documents, format, options)}
      fileName={() => `umpan-balik-${dayAt(space.now(), event.zone)}`}
      onMade={async (format) => {
        await noteExport(space, { what: 'results', format })
        return true
      }}
    />
  )
}
