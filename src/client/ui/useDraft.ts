import { useCallback, useContext, useEffect, useRef, useState } from 'preact/hooks'
import { openForm } from '../device/openForms.ts'
import type { Drafts } from '../state/drafts.ts'
import { AppContext } from './app.ts'
import { markSaved, markUnsaved } from './unsaved.ts'

const writeDelayMs = 300

export type DraftKeeper = Pick<Drafts, 'read' | 'write' | 'rescue' | 'drop'>

/**
 * What is typed or drawn on a form, kept on the device while it is unsaved: it outlives rotation, reload, a closed tab
 * and an update. A form that another tab has open begins anew here: strokes of two hands never make one signature, and
 * whoever writes last is kept. `parse` reads what an older version may have kept. Returns `undefined` for the value until
 * it is read. `given`: where it is kept by a form that opens before the app is there.
 */
export function useDraft<T>(
  key: string,
  empty: T,
  parse: (stored: unknown) => T | undefined,
  given?: DraftKeeper,
): [T | undefined, (next: T) => void, () => Promise<void>] {
  const app = useContext(AppContext)
  const drafts = given ?? app?.drafts
  if (!drafts) throw new Error('useDraft outside of AppContext')
  const [value, setValue] = useState<T | undefined>(undefined)
  const unwritten = useRef<{ key: string; value: T } | undefined>(undefined)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  const flush = useCallback(async () => {
    clearTimeout(timer.current)
    const pending = unwritten.current
    unwritten.current = undefined
    if (pending) await drafts.write(pending.key, pending.value)
  }, [drafts])

  useEffect(() => {
    const left = new AbortController()
    setValue(undefined)
    Promise.all([drafts.read(key), openForm(key, left.signal)]).then(([stored, { elsewhere }]) => {
      if (left.signal.aborted) return
      const kept = stored === undefined || elsewhere ? undefined : parse(stored)
      if (kept !== undefined) markUnsaved(key)
      setValue(kept ?? empty)
    })
    const onHidden = () => {
      if (unwritten.current) drafts.rescue(unwritten.current.key, unwritten.current.value)
      void flush()
    }
    document.addEventListener('visibilitychange', onHidden)
    addEventListener('pagehide', onHidden)
    return () => {
      left.abort()
      document.removeEventListener('visibilitychange', onHidden)
      removeEventListener('pagehide', onHidden)
      void flush().then(() => markSaved(key))
    }
  }, [key])

  const change = useCallback(
    (next: T) => {
      setValue(next)
      markUnsaved(key)
      unwritten.current = { key, value: next }
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void flush(), writeDelayMs)
    },
    [key, flush],
  )

  const drop = useCallback(async () => {
    clearTimeout(timer.current)
    unwritten.current = undefined
    setValue(empty)
    await drafts.drop(key)
    markSaved(key)
  }, [key, drafts])

  return [value, change, drop]
}
