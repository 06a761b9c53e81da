import { fail, ok, type Result } from '../../../core/result.ts'

/**
 * Why there is no picture. `insecure`: the page came over plain http, where browsers give no camera. `unsupported`: a
 * browser inside another app. `refused`: by the person or the system. `inUse`: another app has it.
 */
export type CameraFault = { kind: 'insecure' | 'unsupported' | 'refused' | 'missing' | 'inUse' | 'failed' }

export type Camera = {
  stream: MediaStream
  id: string
  /** Of phones that have a light; only Android lets a page use it. */
  hasTorch: boolean
  setTorch: (on: boolean) => Promise<void>
  close: () => void
}

export type CameraChoice = { id: string; label: string }

const rememberedKey = 'hadir.camera'
const picture = { width: { ideal: 1280 }, height: { ideal: 720 } }
/** A camera that was just let go may still be closing (mebjas/html5-qrcode#38). */
const tries = 3
const retryMs = 500

const faults: Record<string, CameraFault['kind']> = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'inUse',
  AbortError: 'inUse',
}
const faultOf = (error: unknown) => (error instanceof Error && faults[error.name]) || 'failed'

/** What browsers know of cameras and TypeScript does not. */
function torchOf(track: MediaStreamTrack): boolean {
  return Reflect.get(track.getCapabilities?.() ?? {}, 'torch') === true
}

function remembered(): string {
  try {
    return localStorage.getItem(rememberedKey) ?? ''
  } catch {
    return ''
  }
}

/** The camera that this device is to scan with from now on. */
export function rememberCamera(id: string): void {
  try {
    localStorage.setItem(rememberedKey, id)
  } catch {
    return
  }
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

async function openStream(): Promise<Result<MediaStream, CameraFault>> {
  const id = remembered()
  const wanted: MediaTrackConstraints[] = [
    ...(id ? [{ deviceId: { exact: id }, ...picture }] : []),
    { facingMode: { ideal: 'environment' }, ...picture },
  ]
  let kind: CameraFault['kind'] = 'failed'
  for (let tried = 0; tried < tries; tried++) {
    for (const video of wanted) {
      try {
        return ok(await navigator.mediaDevices.getUserMedia({ video, audio: false }))
      } catch (error) {
        kind = faultOf(error)
        if (kind === 'refused') return fail({ kind })
      }
    }
    if (kind !== 'inUse') break
    await rest(retryMs)
  }
  return fail({ kind })
}

/** Opens the remembered camera, else the one at the back. One at a time: close it before the next. */
export async function openCamera(): Promise<Result<Camera, CameraFault>> {
  if (!isSecureContext) return fail({ kind: 'insecure' })
  if (!navigator.mediaDevices?.getUserMedia) return fail({ kind: 'unsupported' })
  const opened = await openStream()
  if (!opened.ok) return opened
  const stream = opened.value
  const [track] = stream.getVideoTracks()
  const setTorch = async (on: boolean) => {
    const torch: Record<string, unknown> = { advanced: [{ torch: on }] }
    await track?.applyConstraints(torch)
  }
  return ok({
    stream,
    id: track?.getSettings().deviceId ?? '',
    hasTorch: track !== undefined && torchOf(track),
    setTorch,
    close: () => {
      for (const each of stream.getTracks()) each.stop()
    },
  })
}

/** Named only after a camera was allowed; before, browsers hide how many there are. */
export async function listCameras(): Promise<CameraChoice[]> {
  const devices = await navigator.mediaDevices.enumerateDevices()
  return devices.flatMap(({ kind, deviceId: id, label }) => (kind === 'videoinput' && id ? [{ id, label }] : []))
}
