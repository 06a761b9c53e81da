import { useRef, useState } from 'preact/hooks'
import { fileTypes, isFileType } from '../../../../core/fileType.ts'
import { typeOfName } from '../../../../core/sniff.ts'
import { scalePhoto } from '../../../device/photo.ts'
import { Icon, type IconName } from '../../parts/Icon.tsx'
import { sizeWords } from '../../parts/materials/sizes.ts'
import { useLanguage, useWords } from '../../words.ts'

const ways = [
  { way: 'camera', icon: 'camera', accept: 'image/*', capture: 'environment' },
  { way: 'gallery', icon: 'device', accept: 'image/*,video/*', capture: undefined },
  {
    way: 'files',
    icon: 'document',
    accept: Object.values(fileTypes)
      .map((end) => `.${end}`)
      .join(','),
    capture: undefined,
  },
] as const satisfies { way: string; icon: IconName; accept: string; capture: 'environment' | undefined }[]

/**
 * A file from the camera, the gallery or the files of this device. Photos are made smaller, and lose where they were
 * taken. What was chosen is said above the ways, where the button below does not cover it on a small phone.
 */
export function ChooseFile(props: {
  chosen: File | undefined
  /** What is there already, in a line. */
  held: string | undefined
  error: string | undefined
  onChoose: (file: File) => void
}) {
  const t = useWords('materialForm')
  const language = useLanguage()
  const inputs = useRef<Record<string, HTMLInputElement | null>>({})
  const [refused, setRefused] = useState<string | undefined>(undefined)
  const [busy, setBusy] = useState(false)

  async function take(file: File): Promise<void> {
    setRefused(undefined)
    if (file.size === 0) return setRefused('errors.empty')
    setBusy(true)
    const scaled = await scalePhoto(file).catch(() => undefined)
    setBusy(false)
    if (!scaled) return setRefused('errors.photo')
    if (!isFileType(scaled.type) && !typeOfName(scaled.name)) return setRefused('errors.type')
    props.onChoose(scaled)
  }

  const problem = refused ?? props.error
  return (
    <fieldset class="stack">
      <legend>{t('file')}</legend>
      <p class="hint">{t('fileHint')}</p>
      {props.held && !props.chosen && <p>{t('held', { what: props.held })}</p>}
      {busy && <p role="status">{t('scaling')}</p>}
      {props.chosen && !busy && (
        <p role="status" class="tag tag-ok">
          <Icon name="check" />
          {props.chosen.name} · {sizeWords(props.chosen.size, language)}
        </p>
      )}
      <p class="error" role="alert">
        {problem && t(problem)}
      </p>
      <div class="buttons">
        {ways.map(({ way, icon, accept, capture }) => (
          <div key={way}>
            <input
              ref={(element) => {
                inputs.current[way] = element
              }}
              type="file"
              hidden
              accept={accept}
              {...(capture && { capture })}
              aria-label={t(`way.${way}`)}
              onChange={({ currentTarget }) => {
                const file = currentTarget.files?.[0]
                currentTarget.value = ''
                if (file) void take(file)
              }}
            />
            <button type="button" class="material-way" disabled={busy} onClick={() => inputs.current[way]?.click()}>
              <Icon name={icon} />
              {t(`way.${way}`)}
            </button>
          </div>
        ))}
      </div>
    </fieldset>
  )
}
