import { mendApp } from '../appCache.ts'
import type { ScanEngine } from './engine.ts'
import { createNativeEngine } from './native.ts'
import { drawTestPicture, testText } from './testPicture.ts'
import { createZxingEngine } from './zxing.ts'

/** A detector without its services hangs instead of failing. */
const proofWithinMs = 2000
const verdictKey = 'hadir.nativeScanner'

/** Whether an engine reads the built-in picture in time. */
export async function provesItself(engine: ScanEngine, withinMs = proofWithinMs): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<string[]>((resolve) => {
    timer = setTimeout(() => resolve([]), withinMs)
  })
  try {
    const texts = await Promise.race([engine.read(drawTestPicture(), true), late])
    return texts.length === 1 && texts[0] === testText
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}

/** What was found out about the browser's own reader in this tab, which need not be tried again. */
export type Verdict = { read: () => boolean | undefined; write: (isGood: boolean) => void }

function tabVerdict(storage: Storage): Verdict {
  return {
    read: () => ({ yes: true, no: false })[storage.getItem(verdictKey) ?? ''],
    write: (isGood) => storage.setItem(verdictKey, isGood ? 'yes' : 'no'),
  }
}

/**
 * The browser's own reader where it proves itself, else `fallback`. The own one is given up for this tab when it fails
 * later; in a thorough look, a photo, the fallback also sees what the own one did not find.
 */
export async function chooseEngine(parts: {
  native: ScanEngine | undefined
  createFallback: () => ScanEngine
  verdict: Verdict
}): Promise<ScanEngine> {
  const { native, createFallback, verdict } = parts
  if (!native) return createFallback()
  const isGood = verdict.read() ?? (await provesItself(native))
  verdict.write(isGood)
  if (!isGood) return createFallback()

  let fallback: ScanEngine | undefined
  const useFallback = () => {
    fallback ??= createFallback()
    return fallback
  }
  let isNativeGood = true
  async function readNative(own: ScanEngine, picture: ImageData): Promise<string[]> {
    try {
      return await own.read(picture, false)
    } catch {
      isNativeGood = false
      verdict.write(false)
      return []
    }
  }
  return {
    async read(picture, thorough) {
      const texts = isNativeGood ? await readNative(native, picture) : []
      return texts.length > 0 || (isNativeGood && !thorough) ? texts : useFallback().read(picture, thorough)
    },
    close: () => fallback?.close(),
  }
}

/** A decoder that fails may be damaged on this device: it is fetched anew before the next picture is tried. */
function createMendedEngine(): ScanEngine {
  const engine = createZxingEngine()
  let isClosed = false
  return {
    read: (picture, thorough) =>
      engine.read(picture, thorough).catch(async (error: unknown) => {
        if (!isClosed) await mendApp()
        throw error
      }),
    close() {
      isClosed = true
      engine.close()
    },
  }
}

/** The engine of this browser. */
export function openScanEngine(): Promise<ScanEngine> {
  return chooseEngine({
    native: createNativeEngine(),
    createFallback: createMendedEngine,
    verdict: tabVerdict(sessionStorage),
  })
}

/** A decoder that is loaded for the first time takes seconds on a slow phone. */
const loadWithinMs = 15_000

/** Whether this device reads codes now, shown by reading one. */
export async function readsCodes(): Promise<boolean> {
  const engine = await openScanEngine()
  try {
    return await provesItself(engine, loadWithinMs)
  } finally {
    engine.close()
  }
}
