import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks'
import Pad from 'signature_pad'
import type { Ink } from '../../../core/ink.ts'
import { useWords } from '../words.ts'
import { Icon } from './Icon.tsx'
import { noInk } from './noInk.ts'

const penRadiusPx = 1.3

function readStrokes(pad: Pad, unitsPerPx: number): Ink['strokes'] {
  const toUnits = (px: number) => Math.round(px * unitsPerPx)
  return pad.toData().map(({ points }) => points.map(({ x, y }) => ({ x: toUnits(x), y: toUnits(y) })))
}

/** Draws ink at the size of the canvas; time and pressure were never kept, so every line is of one width. */
function draw(pad: Pad, canvas: HTMLCanvasElement, { strokes }: Ink): void {
  const pxPerUnit = canvas.clientWidth / noInk.width
  const { dotSize, minWidth, maxWidth, penColor, velocityFilterWeight, compositeOperation } = pad
  pad.fromData(
    strokes.map((points) => ({
      ...{ dotSize, minWidth, maxWidth, penColor, velocityFilterWeight, compositeOperation },
      points: points.map(({ x, y }) => ({ x: x * pxPerUnit, y: y * pxPerUnit, pressure: 0, time: 0 })),
    })),
  )
}

/** A line to sign on with the name below it. `onInk` gets all strokes after each one. */
export function SignaturePad(props: { name: string; ink: Ink; onInk: (ink: Ink) => void; error?: string | undefined }) {
  const t = useWords('person')
  const id = useId()
  const canvas = useRef<HTMLCanvasElement>(null)
  const pad = useRef<Pad | undefined>(undefined)
  const onInk = useRef(props.onInk)
  onInk.current = props.onInk
  /** What is on the canvas already: ink that comes back through the props is not drawn again. */
  const drawn = useRef<Ink>(props.ink)

  useLayoutEffect(() => {
    const element = canvas.current
    if (!element) return
    const penColor = getComputedStyle(element).color
    const made = new Pad(element, { penColor, minWidth: penRadiusPx, maxWidth: penRadiusPx, dotSize: penRadiusPx })
    pad.current = made
    made.addEventListener('beginStroke', () => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    })
    made.addEventListener('endStroke', () => {
      drawn.current = { ...noInk, strokes: readStrokes(made, noInk.width / element.clientWidth) }
      onInk.current(drawn.current)
    })
    const fit = () => {
      if (element.clientWidth === 0) return
      element.width = element.clientWidth * devicePixelRatio
      element.height = element.clientHeight * devicePixelRatio
      element.getContext('2d')?.scale(devicePixelRatio, devicePixelRatio)
      draw(made, element, drawn.current)
    }
    const observer = new ResizeObserver(fit)
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.off()
    }
  }, [])

  useEffect(() => {
    if (!pad.current || !canvas.current || props.ink === drawn.current) return
    drawn.current = props.ink
    draw(pad.current, canvas.current, props.ink)
  }, [props.ink])

  useEffect(() => {
    if (props.error) canvas.current?.scrollIntoView({ block: 'nearest' })
  }, [props.error])

  return (
    <div class="signature">
      <div class="signature-header">
        <h2 id={id}>{t('signature')}</h2>
        <button type="button" disabled={props.ink.strokes.length === 0} onClick={() => props.onInk(noInk)}>
          <Icon name="undo" />
          {t('signAgain')}
        </button>
      </div>
      <div class={props.error ? 'pad pad-invalid' : 'pad'}>
        <canvas ref={canvas} role="img" aria-label={t('padLabel', { name: props.name })} />
        <p class="pad-name" aria-hidden="true">
          {props.name}
        </p>
      </div>
      <p class="error" role="alert">
        {props.error}
      </p>
    </div>
  )
}
