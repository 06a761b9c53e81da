import type { ScanEngine } from './engine.ts'

/** The browser's own reader, which TypeScript does not know yet. */
type Detector = { detect: (picture: ImageData) => Promise<{ rawValue: string }[]> }
type DetectorMaker = new (options: { formats: string[] }) => Detector

function isMaker(value: unknown): value is DetectorMaker {
  return typeof value === 'function'
}

/** `undefined` where the browser has none; having one does not say that it works (platform.md 2.2). */
export function createNativeEngine(): ScanEngine | undefined {
  const Maker: unknown = Reflect.get(globalThis, 'BarcodeDetector')
  if (!isMaker(Maker)) return undefined
  try {
    const detector = new Maker({ formats: ['qr_code'] })
    return {
      read: async (picture) => (await detector.detect(picture)).flatMap(({ rawValue }) => rawValue || []),
      close: () => undefined,
    }
  } catch {
    return undefined
  }
}
