import { useCallback, useRef } from 'preact/hooks'

/** Something that is done the first time that it is called for, and no more while this is shown. */
export function useOnce(act: () => Promise<void>): () => void {
  const isDone = useRef(false)
  return useCallback(() => {
    if (isDone.current) return
    isDone.current = true
    void act()
  }, [act])
}
