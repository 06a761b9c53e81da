import { type ComponentChildren, Fragment, type VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'

const waiting = new Set<() => void>()
let isGoingOn = false

function drawNext(): void {
  const [draw] = waiting
  if (draw) waiting.delete(draw)
  isGoingOn = waiting.size > 0
  if (isGoingOn) setTimeout(drawNext)
  draw?.()
}

/**
 * A piece of a long page. Each is drawn in a turn of its own, and so is each change of what is given to it, from the top
 * down: the page answers in between. A piece that was given the same again is left as it is.
 */
export function InTurn({ children }: { children: ComponentChildren }) {
  const [drawn, setDrawn] = useState<ComponentChildren>(null)
  useEffect(() => {
    const draw = () => setDrawn(children)
    waiting.add(draw)
    if (!isGoingOn) setTimeout(drawNext)
    isGoingOn = true
    return () => {
      waiting.delete(draw)
    }
  }, [children])
  return <>{drawn}</>
}

/** A list in pieces of so many, the first at once and the others in their turns; `draw` is told where its piece begins. */
export function InPieces<T>(props: { list: readonly T[]; size: number; draw: (piece: T[], from: number) => VNode }) {
  const { list, size, draw } = props
  const pieces = Array.from({ length: Math.ceil(list.length / size) }, (_, at) => {
    const from = at * size
    const piece = draw(list.slice(from, from + size), from)
    return at === 0 ? <Fragment key={0}>{piece}</Fragment> : <InTurn key={from}>{piece}</InTurn>
  })
  return <>{pieces}</>
}
