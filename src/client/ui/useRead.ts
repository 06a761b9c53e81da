import { useEffect, useState } from 'preact/hooks'

export type Read<T> = {
  /** What was found last; `undefined` until the disk has answered. */
  found: T | undefined
  /** The last try failed: nothing is known of now. */
  failed: boolean
  retry: () => void
  /** Something else has read the same. */
  setFound: (found: T) => void
}

/** What is read from the disk now, and again whenever one of `about` is another. */
export function useRead<T>(read: () => Promise<T>, about: readonly unknown[]): Read<T> {
  const [found, setFound] = useState<T | undefined>(undefined)
  const [failed, setFailed] = useState(false)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    let gone = false
    function end(hasFailed: boolean, value?: T): void {
      if (gone) return
      if (!hasFailed) setFound(value)
      setFailed(hasFailed)
    }
    read().then(
      (value) => end(false, value),
      () => end(true),
    )
    return () => {
      gone = true
    }
  }, [...about, tries])
  return { found, failed, retry: () => setTries(tries + 1), setFound }
}
