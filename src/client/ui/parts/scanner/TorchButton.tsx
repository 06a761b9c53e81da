import { useState } from 'preact/hooks'
import type { Camera } from '../../../device/scanner/camera.ts'
import { useWords } from '../../words.ts'
import { Icon } from '../Icon.tsx'

/** The phone's light, where the browser lets a page use it. Closing the camera puts it out. */
export function TorchButton({ camera }: { camera: Camera }) {
  const t = useWords('scanner')
  const [isOn, setOn] = useState(false)
  if (!camera.hasTorch) return null
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={() =>
        camera.setTorch(!isOn).then(
          () => setOn(!isOn),
          () => undefined,
        )
      }
    >
      <Icon name="torch" />
      {t(isOn ? 'torchOff' : 'torchOn')}
    </button>
  )
}
