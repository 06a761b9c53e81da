import { type Camera, type CameraChoice, type CameraFault, listCameras, openCamera, rememberCamera } from './camera.ts'
import type { ScanEngine } from './engine.ts'
import { readFrames } from './frames.ts'

/** What the camera does. `engine`: the picture is there, but nothing reads it. */
export type ScanView =
  | { kind: 'opening' }
  | { kind: 'live'; camera: Camera; choices: CameraChoice[] }
  | { kind: 'fault'; fault: CameraFault['kind'] | 'engine' }

export type ScanSession = {
  /** Opens the camera, also anew after a fault. */
  open: () => Promise<void>
  /** Goes on to the next camera and remembers it. */
  nextCamera: () => Promise<void>
  close: () => void
}

/**
 * The camera and its reading while a page is in sight: let go when it is hidden (iOS ends the stream then, and others
 * may need the camera), opened again when it is back. Each opening outdates the one before.
 */
export function createScanSession(parts: {
  video: HTMLVideoElement
  engine: () => Promise<ScanEngine>
  onTexts: (texts: string[], now: number) => void
  onView: (view: ScanView) => void
}): ScanSession {
  const { video, engine, onTexts, onView } = parts
  let turn = 0
  let live: { camera: Camera; choices: CameraChoice[]; stop: () => void } | undefined

  function letGo(): void {
    turn += 1
    live?.stop()
    live?.camera.close()
    live = undefined
    video.srcObject = null
  }

  function fail(fault: CameraFault['kind'] | 'engine'): void {
    letGo()
    onView({ kind: 'fault', fault })
  }

  async function open(): Promise<void> {
    letGo()
    const mine = turn
    onView({ kind: 'opening' })
    const opened = await openCamera()
    const choices = opened.ok ? await listCameras().catch(() => []) : []
    const reader = await engine().catch(() => undefined)
    if (mine !== turn) {
      if (opened.ok) opened.value.close()
      return
    }
    if (!opened.ok) return fail(opened.failure.kind)
    const camera = opened.value
    live = { camera, choices, stop: () => undefined }
    if (!reader) return fail('engine')
    for (const track of camera.stream.getTracks())
      track.addEventListener('ended', () => mine === turn && fail('failed'))
    video.srcObject = camera.stream
    await video.play().catch(() => undefined)
    if (mine !== turn) return
    const reading = readFrames({ video, engine: reader, onTexts, onBroken: () => fail('engine') })
    live = { camera, choices, stop: reading.stop }
    onView({ kind: 'live', camera, choices })
  }

  async function nextCamera(): Promise<void> {
    if (!live) return
    const { camera, choices } = live
    const at = choices.findIndex(({ id }) => id === camera.id)
    const next = choices[(at + 1) % choices.length]
    if (next) rememberCamera(next.id)
    await open()
  }

  function followVisibility(): void {
    if (document.visibilityState === 'visible') void open()
    else letGo()
  }
  document.addEventListener('visibilitychange', followVisibility)

  return {
    open,
    nextCamera,
    close() {
      document.removeEventListener('visibilitychange', followVisibility)
      letGo()
    },
  }
}
