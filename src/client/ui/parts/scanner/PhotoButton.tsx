import { useRef } from 'preact/hooks'
import { useWords } from '../../words.ts'
import { Icon } from '../Icon.tsx'

/** A photo of a code, taken with the system's own camera or chosen: works where a page may not use the camera. */
export function PhotoButton({ onPhoto }: { onPhoto: (file: Blob) => void }) {
  const t = useWords('scanner')
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" onClick={() => input.current?.click()}>
        <Icon name="camera" />
        {t('photo')}
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          currentTarget.value = ''
          if (file) onPhoto(file)
        }}
      />
    </>
  )
}
