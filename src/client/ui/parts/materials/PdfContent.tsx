import { useState } from 'preact/hooks'
import { canShareFile } from '../../../device/files.ts'
import { lazyPart } from '../../lazyPart.ts'
import { useWords } from '../../words.ts'
import { Icon } from '../Icon.tsx'
import { Handover } from './Handover.tsx'

const PdfPages = lazyPart(() => import('./PdfPages.tsx').then((m) => m.PdfPages))

/**
 * A PDF goes to what the device reads such files with, and can be looked at here, which needs pdf.js; at once where the
 * browser has neither a share sheet nor a viewer of its own.
 */
export function PdfContent({ file, onOpen }: { file: File; onOpen: () => void }) {
  const t = useWords('materials')
  const [isShown, setShown] = useState(!canShareFile(file) && !navigator.pdfViewerEnabled)
  return (
    <>
      <Handover file={file} onOpen={onOpen} />
      {!isShown && (
        <button type="button" onClick={() => setShown(true)}>
          <Icon name="document" />
          {t('showHere')}
        </button>
      )}
      {isShown && <PdfPages file={file} onOpen={onOpen} />}
    </>
  )
}
