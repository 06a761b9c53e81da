import { useLayoutEffect } from 'preact/hooks'
import type { Material } from '../../../../core/material.ts'
import { namedReader, noteReader } from '../../../state/materials.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { Icon } from '../Icon.tsx'
import { Notice } from '../Notice.tsx'
import { FileContent } from './FileContent.tsx'
import { useMaterialWords } from './materialWords.ts'
import { SaveControls } from './SaveControls.tsx'
import { useOnce } from './useOnce.ts'

/** One material to look at: a text, an address that opens outside, or a file by what the device can show. */
export function MaterialContent(props: { space: OpenSpace; material: Material; isVisible: boolean }) {
  const { meta, later } = useMaterialWords()
  const { space, material, isVisible } = props
  const note = useOnce(() => noteReader(space, material.id, 'opened', namedReader(space)))
  if (!isVisible) return <Notice kind="info">{later(material)}</Notice>
  return (
    <div class="stack">
      <p class="hint">{meta(material)}</p>
      {material.form === 'text' && <Text text={material.text} onRead={note} />}
      {material.form === 'link' && <Address url={material.url} onOpen={note} />}
      {material.form === 'file' && (
        <>
          <FileContent key={material.file} space={space.id} material={material} onOpen={note} />
          <SaveControls space={space.id} material={material} />
        </>
      )}
    </div>
  )
}

function Text({ text, onRead }: { text: string; onRead: () => void }) {
  /** At once: an effect behind the paint is dropped with a text that is left quickly. */
  useLayoutEffect(onRead, [])
  return <p class="material-text">{text}</p>
}

function Address({ url, onOpen }: { url: string; onOpen: () => void }) {
  const { t } = useMaterialWords()
  if (!url) return <Notice kind="danger">{t('badAddress')}</Notice>
  return (
    <>
      <p>{t('addressHint', { host: new URL(url).host })}</p>
      <a class="button primary" href={url} target="_blank" rel="noopener noreferrer" onClick={onOpen}>
        <Icon name="sent" />
        {t('openAddress')}
      </a>
    </>
  )
}
