import { useState } from 'preact/hooks'
import type { Material } from '../../../../core/material.ts'
import { mayDownload } from '../../../device/files.ts'
import { canSaveFiles } from '../../../device/savedFiles.ts'
import { useApp } from '../../app.ts'
import { lazyPart } from '../../lazyPart.ts'
import { useAway } from '../../status/StatusLine.tsx'
import { Icon } from '../Icon.tsx'
import { Notice } from '../Notice.tsx'
import { fileOf } from './fileOf.ts'
import { Handover } from './Handover.tsx'
import { useMaterialWords } from './materialWords.ts'
import { type Content, useContent } from './useContent.ts'

const PdfContent = lazyPart(() => import('./PdfContent.tsx').then((m) => m.PdfContent))

type Props = { material: Material; onOpen: () => void }

/** A file: shown here when it is a picture, sound or film, else handed to what the device opens it with. */
export function FileContent({ space, material, onOpen }: Props & { space: string }) {
  const { t } = useMaterialWords()
  const { saved } = useApp()
  const away = useAway()
  const content = useContent(space, material)
  const isThere = material.uploaded === material.file
  if (content.where === 'reading') return <p aria-busy="true" />
  if (content.where === 'there' && !isThere) return <Notice kind="info">{t('notUploaded')}</Notice>
  if (/^(image|audio|video)\//.test(material.type))
    return (
      <>
        <Played {...{ material, content, onOpen }} />
        {content.where === 'there' && !canSaveFiles() && <Download url={content.url} onOpen={onOpen} />}
        {content.where === 'here' && content.blob && <Handover file={fileOf(content.blob, material)} onOpen={onOpen} />}
      </>
    )
  const isPdf = material.type === 'application/pdf'
  if (content.where === 'here' && content.blob) {
    const file = fileOf(content.blob, material)
    return isPdf ? <PdfContent source={file} onOpen={onOpen} /> : <Handover file={file} onOpen={onOpen} />
  }
  const isComing = saved.files.value.has(material.file)
  if (isPdf && !canSaveFiles())
    return (
      <>
        <PdfContent source={content.url} onOpen={onOpen} />
        <Download url={content.url} onOpen={onOpen} />
      </>
    )
  return (
    <>
      {!isComing && <p>{t(canSaveFiles() ? 'saveFirst' : mayDownload() ? 'downloadOnly' : 'notInApp')}</p>}
      {!isComing && away && <p role="status">{t(canSaveFiles() ? 'saveAway' : 'notReached')}</p>}
      <Download url={content.url} onOpen={onOpen} />
    </>
  )
}

function Download({ url, onOpen }: { url: string; onOpen: () => void }) {
  const { t } = useMaterialWords()
  if (!mayDownload()) return null
  return (
    <a class="button" href={url} download onClick={onOpen}>
      <Icon name="download" />
      {t(canSaveFiles() ? 'download' : 'toDevice')}
    </a>
  )
}

/** Pictures, sound and film. What is not on this device comes only after a tap: it takes data. */
function Played({ material, content, onOpen }: Props & { content: Exclude<Content, { where: 'reading' }> }) {
  const { t } = useMaterialWords()
  const [isWanted, setWanted] = useState(false)
  const [isBroken, setBroken] = useState(false)
  const { type, title } = material
  const { url } = content
  if (content.where === 'there' && !isWanted)
    return (
      <button type="button" class="primary" onClick={() => setWanted(true)}>
        {t('showNow')}
      </button>
    )
  if (isBroken)
    return (
      <>
        <Notice kind="danger">{t(content.where === 'there' ? 'notReached' : 'broken')}</Notice>
        {content.where === 'there' && (
          <button type="button" onClick={() => setBroken(false)}>
            {t('again')}
          </button>
        )}
      </>
    )
  const watched = { onError: () => setBroken(true) }
  if (type.startsWith('image/'))
    return <img class="material-picture" src={url} alt={title} onLoad={onOpen} {...watched} />
  const played = {
    src: url,
    controls: true,
    preload: 'metadata',
    onPlay: onOpen,
    'aria-label': title,
    ...watched,
  } as const
  if (type.startsWith('audio/')) return <audio class="material-sound" {...played} />
  return <video class="material-film" playsInline {...played} />
}
