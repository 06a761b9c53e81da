import { cleanup, render, screen, waitFor } from '@testing-library/preact'
import { useState } from 'preact/hooks'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { loadWords, startI18n } from '../../src/client/i18n/i18n.ts'
import { noInk } from '../../src/client/ui/parts/noInk.ts'
import { SignaturePad } from '../../src/client/ui/parts/SignaturePad.tsx'
import { type Ink, isSigned } from '../../src/core/ink.ts'
import { sign } from '../support/event.tsx'

beforeAll(async () => {
  await startI18n()
  await loadWords('person')
})
afterEach(cleanup)

/** How much of a canvas is inked, of all its pixels. */
function inkedShare(canvas: HTMLCanvasElement): number {
  const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] }
  let inked = 0
  for (let i = 3; i < data.length; i += 4) if ((data[i] ?? 0) > 0) inked++
  return inked / (data.length / 4)
}

function showPad(widthPx: number) {
  const drawn: { ink: Ink } = { ink: noInk }
  function Shown() {
    const [ink, setInk] = useState(noInk)
    drawn.ink = ink
    return <SignaturePad name="Siti Umpama" ink={ink} onInk={setInk} />
  }
  const { container } = render(<Shown />)
  const canvas = screen.getByRole<HTMLCanvasElement>('img')
  const resize = (px: number) => canvas.setAttribute('style', `display: block; width: ${px}px; height: ${px / 2}px`)
  resize(widthPx)
  return { drawn, canvas, container, resize }
}

it('keeps the ink when its size changes, and draws it at the new one', async () => {
  const { drawn, canvas, resize } = showPad(320)
  await waitFor(() => expect(canvas.width).toBe(320 * devicePixelRatio))
  sign(canvas)
  await waitFor(() => expect(isSigned(drawn.ink)).toBe(true))
  const before = drawn.ink
  expect(inkedShare(canvas)).toBeGreaterThan(0.001)
  resize(640)
  await waitFor(() => expect(canvas.width).toBe(640 * devicePixelRatio))
  expect(inkedShare(canvas)).toBeGreaterThan(0.001)
  expect(drawn.ink).toEqual(before)
})

it('measures ink in its own units, whatever the size on screen', async () => {
  const { drawn, canvas } = showPad(256)
  await waitFor(() => expect(canvas.width).toBe(256 * devicePixelRatio))
  sign(canvas)
  await waitFor(() => expect(drawn.ink.strokes).toHaveLength(1))
  const xs = drawn.ink.strokes.flat().map(({ x }) => x)
  expect(drawn.ink.width).toBe(512)
  expect(Math.max(...xs)).toBeGreaterThan(400)
  expect(Math.max(...xs)).toBeLessThanOrEqual(512)
})

it('is cleared only when that is asked for', async () => {
  const { drawn, canvas } = showPad(320)
  await waitFor(() => expect(canvas.width).toBe(320 * devicePixelRatio))
  sign(canvas)
  await waitFor(() => expect(isSigned(drawn.ink)).toBe(true))
  screen.getByRole('button', { name: 'Ulangi' }).click()
  await waitFor(() => expect(drawn.ink.strokes).toHaveLength(0))
  await waitFor(() => expect(inkedShare(canvas)).toBe(0))
})
