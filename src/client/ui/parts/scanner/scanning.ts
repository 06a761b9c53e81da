import { openScanEngine } from '../../../device/scanner/chooseEngine.ts'
import type { ScanEngine } from '../../../device/scanner/engine.ts'
import { readPhoto } from '../../../device/scanner/frames.ts'
import { listenForBursts } from '../../../device/scanner/keyBursts.ts'
import { createRepeats } from '../../../device/scanner/repeats.ts'
import { createScanSession, type ScanView } from '../../../device/scanner/session.ts'
import { createSignals } from '../../../device/scanner/signals.ts'
import { keepAwake } from '../../../device/wakeLock.ts'
import { createScanQueue } from './queue.ts'
import type { ScanHandler, ScanResult } from './scanResult.ts'

/** How long a result stays before the next code is taken. */
export const pauseMs = 1000

export type Scanning = {
  /** Opens the camera, also anew after a fault. */
  open: () => void
  nextCamera: () => void
  /** A text that was typed. */
  take: (text: string) => void
  takePhoto: (file: Blob) => void
  /** Shows what comes of a result's action. */
  act: (run: () => Promise<ScanResult>) => void
  close: () => void
}

/**
 * One engine for as long as the screen is open, made when it is first needed; one that could not be made is tried anew.
 */
function createEngineHolder() {
  let held: Promise<ScanEngine> | undefined
  return {
    get: () => {
      held ??= openScanEngine().catch((error: unknown) => {
        held = undefined
        throw error
      })
      return held
    },
    close: () => void held?.then((engine) => engine.close()).catch(() => undefined),
  }
}

/**
 * The camera, photos, hardware scanners and typed codes, all into one handler, one code after the other, with sound and a
 * screen that stays on. `refuse` says why nothing was handed on.
 */
export function startScanning(parts: {
  video: HTMLVideoElement
  handle: ScanHandler
  refuse: (why: 'failed' | 'noCode' | 'noPicture' | 'fault.engine') => ScanResult
  onView: (view: ScanView) => void
  onResult: (result: ScanResult) => void
}): Scanning {
  const { video, handle, refuse, onView, onResult } = parts
  const engine = createEngineHolder()
  const repeats = createRepeats()
  const signals = createSignals()
  const letSleep = keepAwake()

  function show(result: ScanResult): void {
    if (result.tone === 'progress') repeats.inSequence()
    signals.give(result.tone)
    onResult(result)
  }

  const queue = createScanQueue({
    handle,
    show,
    pause: () => new Promise((resolve) => setTimeout(resolve, pauseMs)),
    failed: () => refuse('failed'),
  })
  const session = createScanSession({
    video,
    engine: engine.get,
    onTexts: (texts, now) => repeats.seen(texts, now).forEach(queue.take),
    onView,
  })
  const stopBursts = listenForBursts(queue.take)

  async function takePhoto(file: Blob): Promise<void> {
    const read = async () => readPhoto(file, await engine.get())
    try {
      /** An engine that failed may have been mended. */
      const texts = await read().catch(read)
      if (!texts) return show(refuse('noPicture'))
      if (texts.length === 0) show(refuse('noCode'))
      texts.forEach(queue.take)
    } catch {
      show(refuse('fault.engine'))
    }
  }

  void session.open()
  return {
    open: () => void session.open(),
    nextCamera: () => void session.nextCamera(),
    take: queue.take,
    takePhoto: (file) => void takePhoto(file),
    act: (run) => void run().then(show, () => show(refuse('failed'))),
    close() {
      stopBursts()
      session.close()
      letSleep()
      signals.close()
      engine.close()
    },
  }
}
