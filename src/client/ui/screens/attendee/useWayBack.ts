import { useLayoutEffect } from 'preact/hooks'

/** The phone's own way back leads out of what is open, not out of the page; the answer goes that way, too. */
export function useWayBack(onBack: () => void): () => void {
  useLayoutEffect(() => {
    history.pushState(null, '')
    addEventListener('popstate', onBack)
    return () => removeEventListener('popstate', onBack)
  }, [])
  return () => history.back()
}
