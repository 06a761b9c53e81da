import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ScanView } from '../../../device/scanner/session.ts'
import { useWords } from '../../words.ts'
import { pauseMs, type Scanning, startScanning } from './scanning.ts'
import type { ScanHandler, ScanResult } from './scanResult.ts'

/** What is not simply good takes longer to read; the next code or a tap ends it. */
const staysMs = { good: pauseMs, used: 4000, bad: 4000, progress: pauseMs }
const actionStaysMs = 8000
const mostLatest = 5

export type Shown = ScanResult & { number: number }

const withoutAction = ({ action: _, ...row }: Shown): Shown => row

/** The scanner of a screen, on for as long as the screen is; `handle` may change meanwhile. */
export function useScanner(handle: ScanHandler): {
  video: RefObject<HTMLVideoElement | null>
  scanning: RefObject<Scanning | null>
  view: ScanView
  /** What fills the screen now. */
  shown: Shown | undefined
  /** What there was, latest first. */
  latest: Shown[]
  dismiss: () => void
  /** Does what a result offers; a second tap does nothing. */
  act: (shown: Shown) => void
} {
  const t = useWords('scanner')
  const video = useRef<HTMLVideoElement>(null)
  const scanning = useRef<Scanning>(null)
  const now = useRef({ handle, t })
  now.current = { handle, t }
  const [view, setView] = useState<ScanView>({ kind: 'opening' })
  const [shown, setShown] = useState<Shown | undefined>(undefined)
  const [latest, setLatest] = useState<Shown[]>([])

  useEffect(() => {
    if (!video.current) return
    let number = 0
    const started = startScanning({
      video: video.current,
      handle: (text) => now.current.handle(text),
      refuse: (why) => ({ tone: 'bad', title: now.current.t(`${why}.title`), lines: [now.current.t(`${why}.hint`)] }),
      onView: setView,
      onResult(result) {
        const next = { ...result, number: ++number }
        setShown(next)
        if (result.tone !== 'progress') setLatest((before) => [next, ...before].slice(0, mostLatest))
      },
    })
    scanning.current = started
    return () => {
      scanning.current = null
      started.close()
    }
  }, [])

  useEffect(() => {
    if (!shown) return
    const timer = setTimeout(() => setShown(undefined), shown.action ? actionStaysMs : staysMs[shown.tone])
    return () => clearTimeout(timer)
  }, [shown])

  const spent = useRef(new Set<number>())
  function act({ number, action }: Shown): void {
    if (!action || spent.current.has(number)) return
    spent.current.add(number)
    const isLeft = (row: Shown) => row.number !== number
    setLatest((before) => before.map((row) => (isLeft(row) ? row : withoutAction(row))))
    setShown(undefined)
    scanning.current?.act(action.run)
  }

  return { video, scanning, view, shown, latest, dismiss: () => setShown(undefined), act }
}
