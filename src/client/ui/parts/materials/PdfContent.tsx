import { useState } from 'preact/hooks'
import { canShareFile } from '../../../device/files.ts'
import { lazyPart } from '../../lazyPart.ts'
import { useWords } from '../../words.ts'
import { Icon } from '../Icon.tsx'
import { Handover } from './Handover.tsx'

const PdfPages = lazyPart(() => import('./PdfPages.tsx').then((m) => m.PdfPages))

/**
 * A PDF goes to what the device reads such files with, and can be looked at here, which needs pdf.js; at once where the
 * browser has neither a share sheet nor a viewer of its own. By its address it comes page by page, for whoever cannot
 * keep it.
 */
export function PdfContent({ source, onOpen }: { source: File | string; onOpen: () => void }) {
  const t = useWords('materials')
  const file = typeof source === 'string' ? undefined : source
  const [isShown, setShown] = useState(file !== undefined && !canShareFile(file) && !navigator.pdfViewerEnabled)
  return (
    <>
      {file && <Handover file={file} onOpen={onOpen} />}
      {!isShown && (
        <button type="button" onClick={() => setShown(true)}>
          <Icon name="document" />
          {t('showHere')}
        </button>
      )}
      {isShown && <PdfPages source={source} onOpen={onOpen} />}
    </>
  )
}
