import { useRef, useState } from 'preact/hooks'
import { partMissing } from '../device/partMissing.ts'

/**
 * Why a change could not be written: an older app on newer data, an event that was given up here, a full device, one
 * whose storage does not answer, a part of the app that has not come to this device yet, or anything else.
 */
export type SaveFailure = 'newer' | 'gone' | 'full' | 'silent' | 'partMissing' | 'unknown'

/** As which browsers tell of a disk that is really full, as of any other storage that went away. */
const silent = ['AbortError', 'DatabaseClosedError', 'InvalidStateError', 'OpenFailedError', 'UnknownError']

export type Saving = {
  busy: boolean
  failure: SaveFailure | undefined
  /** Does the work unless one is under way (a second tap); says whether it was done. */
  save: (work: () => Promise<void>) => Promise<boolean>
}

function failureOf(error: unknown): SaveFailure {
  if (error instanceof Error && partMissing.has(error)) return 'partMissing'
  const names = [error, error instanceof Error && 'inner' in error ? error.inner : undefined].map((found) =>
    found instanceof Error ? found.name : '',
  )
  if (names.includes('NewerSchemaError')) return 'newer'
  if (names.includes('SpaceGoneError')) return 'gone'
  if (names.includes('QuotaExceededError')) return 'full'
  return silent.some((name) => names.includes(name)) ? 'silent' : 'unknown'
}

/** One write at a time, whose failure is said beside its button and loses nothing that was typed. */
export function useSaving(): Saving {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<SaveFailure | undefined>(undefined)
  const underWay = useRef(false)
  async function save(work: () => Promise<void>): Promise<boolean> {
    if (underWay.current) return false
    underWay.current = true
    setBusy(true)
    setFailure(undefined)
    try {
      await work()
      return true
    } catch (error) {
      setFailure(failureOf(error))
      return false
    } finally {
      underWay.current = false
      setBusy(false)
    }
  }
  return { busy, failure, save }
}
