import { type ComponentType, h } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/**
 * A part of a screen whose code comes when it is first shown; a load that failed is tried again at the next showing.
 * `optional`: the screen stands without it, as on a phone that went out of coverage before its files were there.
 */
export function lazyPart<P extends object>(
  load: () => Promise<ComponentType<P>>,
  { optional = false } = {},
): ComponentType<P> {
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
    if (failure && !optional) throw failure
    return loaded ? h(loaded, props) : null
  }
}
