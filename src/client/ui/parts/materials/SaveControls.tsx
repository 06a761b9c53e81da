import type { Material } from '../../../../core/material.ts'
import { canSaveFiles } from '../../../device/savedFiles.ts'
import type { DownloadState } from '../../../sync/download.ts'
import { useApp } from '../../app.ts'
import { useLanguage, useWords } from '../../words.ts'
import { Icon } from '../Icon.tsx'
import { Notice } from '../Notice.tsx'
import { sizeWords } from './sizes.ts'

const moving: readonly DownloadState[] = ['queued', 'running', 'waiting']
const failed: readonly DownloadState[] = ['full', 'gone', 'damaged', 'signedOut']

/**
 * Keeping one file on this device: what it takes, how far it is, and the way to stop it or to free the room again. One
 * that was added from here is here.
 */
export function SaveControls({ space, material }: { space: string; material: Material }) {
  const t = useWords('materials')
  const language = useLanguage()
  const { saved, uploads } = useApp()
  const { file: hash, title, sizeBytes, uploaded } = material
  const download = saved.files.value.get(hash)
  if (!download && uploads.files.value.has(hash))
    return (
      <p class="tag tag-ok">
        <Icon name="check" />
        {t('here')}
      </p>
    )
  if (!canSaveFiles() || uploaded !== hash) return null
  const state = download?.state
  const done = sizeWords(download?.gotBytes ?? 0, language)
  const label = state && t(`saving.${state}`, { done, total: sizeWords(sizeBytes, language) })
  const isBegun = state !== undefined && state !== 'saved'
  const save = () => void saved.save(space, material)
  return (
    <>
      {isBegun && failed.includes(state) && <Notice kind="danger">{label}</Notice>}
      {isBegun && !failed.includes(state) && (
        <div class="progress">
          <p role="status">{label}</p>
          <progress max={sizeBytes} value={download?.gotBytes ?? 0} aria-label={`${title}: ${label}`} />
        </div>
      )}
      {state === 'saved' && (
        <p class="tag tag-ok">
          <Icon name="check" />
          {label}
        </p>
      )}
      <div class="buttons">
        {state === undefined && (
          <button type="button" aria-label={t('saveOf', { title })} onClick={save}>
            <Icon name="download" />
            {t('save')}
          </button>
        )}
        {isBegun && moving.includes(state) && (
          <button type="button" aria-label={t('pauseOf', { title })} onClick={() => void saved.pause(hash)}>
            {t('pause')}
          </button>
        )}
        {isBegun && !moving.includes(state) && (
          <button type="button" aria-label={t(state === 'paused' ? 'resumeOf' : 'againOf', { title })} onClick={save}>
            {t(state === 'paused' ? 'resume' : 'again')}
          </button>
        )}
        {state !== undefined && (
          <button
            type="button"
            aria-label={t(state === 'saved' ? 'freeOf' : 'cancelOf', { title })}
            onClick={() => void saved.remove(hash)}
          >
            <Icon name="close" />
            {t(state === 'saved' ? 'free' : 'cancel')}
          </button>
        )}
      </div>
    </>
  )
}
