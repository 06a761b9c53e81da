import type { Material } from '../../../../core/material.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useApp } from '../../app.ts'
import { Icon } from '../../parts/Icon.tsx'
import { sizeWords } from '../../parts/materials/sizes.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useLanguage, useWords } from '../../words.ts'

/** Why a server does not take a file, as far as a person can do something about it. */
const reasons = ['tooLarge', 'overQuota', 'badFile', 'hashMismatch'] as const

/** How far a file of this device is sent, and why it is not; of another device's, that it is awaited. */
export function UploadState({ space, material }: { space: OpenSpace; material: Material }) {
  const t = useWords('materialForm')
  const language = useLanguage()
  const { uploads } = useApp()
  const { file, title, uploaded, sizeBytes, form } = material
  const upload = uploads.files.value.get(file)
  if (form !== 'file' || uploaded === file || upload?.state === 'sent') return null
  if (!upload)
    return (
      <p class="tag tag-warn">
        <Icon name="clock" />
        {t('elsewhere')}
      </p>
    )
  const { state, sentBytes, refusedFor } = upload
  const isMoving = state === 'waiting' || state === 'running'
  const step = isMoving ? 'pause' : state === 'paused' ? 'resume' : 'again'
  const why = reasons.find((reason) => reason === refusedFor) ?? 'failed'
  const words = state === 'refused' ? why : state
  const label = t(`upload.${words}`, { done: sizeWords(sentBytes, language), total: sizeWords(sizeBytes, language) })
  return (
    <>
      {isMoving || state === 'paused' ? (
        <div class="progress">
          <p role="status">{label}</p>
          <progress max={sizeBytes} value={sentBytes} aria-label={`${title}: ${label}`} />
        </div>
      ) : (
        <Notice kind="danger">{label}</Notice>
      )}
      <div class="buttons">
        <button
          type="button"
          aria-label={t(`${step}Of`, { title })}
          onClick={() => void (isMoving ? uploads.pause(file) : uploads.resume(file))}
        >
          {t(step)}
        </button>
        <button
          type="button"
          aria-label={t('cancelOf', { title })}
          onClick={() => void uploads.cancel(space, material)}
        >
          <Icon name="close" />
          {t('cancelUpload')}
        </button>
      </div>
    </>
  )
}
