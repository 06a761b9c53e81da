import { useState } from 'preact/hooks'
import { canShareFile, saveFile, savesByShare, shareFile } from '../../../device/files.ts'
import { useWords } from '../../words.ts'
import { Icon } from '../Icon.tsx'

/** Gives a file to what this device opens it with: its share sheet, where there is one, or its downloads. */
export function Handover({ file, onOpen }: { file: File; onOpen: () => void }) {
  const t = useWords('materials')
  const [outcome, setOutcome] = useState<'saved' | 'needsTap' | undefined>(undefined)
  async function hand(way: typeof shareFile | typeof saveFile): Promise<void> {
    setOutcome(undefined)
    const done = await way(file)
    if (done === 'shared' || done === 'saved') onOpen()
    setOutcome(done === 'saved' || done === 'needsTap' ? done : undefined)
  }
  return (
    <>
      <div class="buttons">
        {canShareFile(file) && (
          <button type="button" class="primary" onClick={() => void hand(shareFile)}>
            <Icon name="sent" />
            {t('openWith')}
          </button>
        )}
        {!savesByShare(file) && (
          <button type="button" onClick={() => void hand(saveFile)}>
            <Icon name="download" />
            {t('toDownloads')}
          </button>
        )}
      </div>
      {outcome && <p role="status">{t(`handed.${outcome}`, { name: file.name })}</p>}
    </>
  )
}
