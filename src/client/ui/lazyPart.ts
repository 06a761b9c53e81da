import { type ComponentType, h } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** A part of a screen whose code comes when it is first shown; a load that failed is tried again at the next showing. */
export function lazyPart<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined
  return function Part(props: P) {
    const [, setReady] = useState(loaded !== undefined)
    const [failure, setFailure] = useState<unknown>(undefined)
    useEffect(() => {
      if (loaded) return
      load().then((component) => {
        loaded = component
        setReady(true)
      }, setFailure)
    }, [])
    if (failure) throw failure
    return loaded ? h(loaded, props) : null
  }
}
