import type { jsPDF } from 'jspdf'
import { unpackInk } from '../../core/ink.ts'

type Box = { x: number; y: number; width: number; height: number }

/** Draws a signature as lines, as large as fits the box and never distorted. Nothing for ink that is damaged. */
export function drawInk(doc: jsPDF, packed: string, box: Box): void {
  const strokes = unpackInk(packed)?.strokes.filter((stroke) => stroke.length > 0) ?? []
  const points = strokes.flat()
  if (points.length === 0) return
  const [left, right] = range(points.map(({ x }) => x))
  const [top, bottom] = range(points.map(({ y }) => y))
  const scale = Math.min(box.width / Math.max(right - left, 1), box.height / Math.max(bottom - top, 1), 0.09)
  const x = box.x + (box.width - (right - left) * scale) / 2 - left * scale
  const y = box.y + (box.height - (bottom - top) * scale) / 2 - top * scale
  doc.setDrawColor(22, 34, 96).setLineWidth(0.32).setLineCap('round').setLineJoin('round')
  for (const stroke of strokes) {
    const [start, ...rest] = stroke
    if (!start) continue
    let from = start
    const steps = rest.map((to) => {
      const step = [(to.x - from.x) * scale, (to.y - from.y) * scale]
      from = to
      return step
    })
    doc.lines(steps.length > 0 ? steps : [[0.01, 0]], x + start.x * scale, y + start.y * scale, undefined, 'S')
  }
  doc.setDrawColor(0).setLineCap('butt').setLineJoin('miter')
}

function range(values: number[]): [number, number] {
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))]
}
