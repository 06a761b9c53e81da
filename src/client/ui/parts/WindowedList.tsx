import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'

const overscan = 8
/** Below this a line holds too few words: the text is set large on a small phone. */
const narrowRem = 16
const narrowFactor = 2

/**
 * A list of rows of one height that stays smooth at 10,000: only what is near the window is in the page. `rowRem` is
 * the height of a row in rem, twice as much where text is so large that its lines must wrap; screen readers learn the
 * real length from aria-setsize.
 */
export function WindowedList<T>(props: {
  label: string
  items: readonly T[]
  keyOf: (item: T) => string
  rowRem: number
  row: (item: T) => ComponentChildren
}) {
  const { items } = props
  const list = useRef<HTMLUListElement>(null)
  const [range, setRange] = useState({ from: 0, to: 30, narrow: false })
  const rowRem = props.rowRem * (range.narrow ? narrowFactor : 1)
  useLayoutEffect(() => {
    function measure() {
      if (!list.current) return
      const remPx = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
      const narrow = list.current.clientWidth < narrowRem * remPx
      const rowPx = props.rowRem * (narrow ? narrowFactor : 1) * remPx
      const above = -list.current.getBoundingClientRect().top
      const from = Math.max(0, Math.floor(above / rowPx) - overscan)
      const to = Math.max(0, Math.ceil((above + innerHeight) / rowPx) + overscan)
      setRange((held) => (held.from === from && held.to === to && held.narrow === narrow ? held : { from, to, narrow }))
    }
    measure()
    addEventListener('scroll', measure, { passive: true })
    addEventListener('resize', measure)
    return () => {
      removeEventListener('scroll', measure)
      removeEventListener('resize', measure)
    }
  }, [props.rowRem, items.length])
  return (
    <ul
      ref={list}
      class={range.narrow ? 'windowed windowed-narrow' : 'windowed'}
      aria-label={props.label}
      style={{ height: `${items.length * rowRem}rem` }}
    >
      {items.slice(range.from, range.to).map((item, i) => (
        <li
          key={props.keyOf(item)}
          aria-setsize={items.length}
          aria-posinset={range.from + i + 1}
          style={{ top: `${(range.from + i) * rowRem}rem`, height: `${rowRem}rem` }}
        >
          {props.row(item)}
        </li>
      ))}
    </ul>
  )
}
