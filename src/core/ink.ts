import { fromBase64Url, toBase64Url } from './bytes.ts'

/**
 * A drawn signature: strokes of points on a pad of `width` × `height`; no time and no pressure, which are biometrics.
 */
export type Point = { x: number; y: number }
export type Ink = { width: number; height: number; strokes: Point[][] }

/** The grid on which ink is kept: a pad is this many units wide, fine enough to print, coarse enough for 300 bytes. */
const gridWidth = 512
/** A tenth of a millimetre in a printed cell: less than a pen is wide. */
const tolerance = 1.5

/** To the segment, not to its line: a stroke that goes out and comes back on itself keeps its far end. */
function distanceToSegment(point: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const along = ((point.x - from.x) * dx + (point.y - from.y) * dy) / (dx * dx + dy * dy || 1)
  const within = Math.min(1, Math.max(0, along))
  return Math.hypot(point.x - from.x - within * dx, point.y - from.y - within * dy)
}

/** Ramer, Douglas and Peucker: the fewest points whose line stays within `tolerance` grid units of the drawn one. */
function simplify(points: Point[]): Point[] {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last || points.length < 3) return points
  let farthest = 0
  let split = 0
  for (let i = 1; i < points.length - 1; i++) {
    const distance = distanceToSegment(points[i] as Point, first, last)
    if (distance > farthest) {
      farthest = distance
      split = i
    }
  }
  if (farthest <= tolerance) return [first, last]
  return [...simplify(points.slice(0, split + 1)).slice(0, -1), ...simplify(points.slice(split))]
}

function writeVarint(bytes: number[], value: number): void {
  let rest = value
  while (rest > 127) {
    bytes.push((rest & 127) | 128)
    rest >>>= 7
  }
  bytes.push(rest)
}

const zigzag = (value: number) => (value << 1) ^ (value >> 31)
const unzigzag = (value: number) => (value >>> 1) ^ -(value & 1)

/** Ink as base64url of: height in grid units, number of strokes, then per stroke the points as deltas, all varints. */
export function packInk({ width, height, strokes }: Ink): string {
  const scale = gridWidth / width
  const bytes: number[] = []
  writeVarint(bytes, Math.round(height * scale))
  writeVarint(bytes, strokes.length)
  let at: Point = { x: 0, y: 0 }
  for (const stroke of strokes) {
    const grid = simplify(stroke.map(({ x, y }) => ({ x: Math.round(x * scale), y: Math.round(y * scale) })))
    writeVarint(bytes, grid.length)
    for (const point of grid) {
      writeVarint(bytes, zigzag(point.x - at.x))
      writeVarint(bytes, zigzag(point.y - at.y))
      at = point
    }
  }
  return toBase64Url(Uint8Array.from(bytes))
}

/** The ink in a packed text, 512 units wide, or `undefined` when the text is damaged. */
export function unpackInk(packed: string): Ink | undefined {
  const bytes = fromBase64Url(packed)
  if (!bytes) return undefined
  let offset = 0
  const readVarint = (): number => {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = bytes[offset++]
      if (byte === undefined) return Number.NaN
      value |= (byte & 127) << shift
      if (byte < 128) return value
    }
    return Number.NaN
  }
  const height = readVarint()
  const strokes: Point[][] = []
  let at: Point = { x: 0, y: 0 }
  for (let left = readVarint(); left > 0; left--) {
    if (offset >= bytes.length) return undefined
    const stroke: Point[] = []
    for (let points = readVarint(); points > 0; points--) {
      at = { x: at.x + unzigzag(readVarint()), y: at.y + unzigzag(readVarint()) }
      if (offset > bytes.length) return undefined
      stroke.push(at)
    }
    strokes.push(stroke)
  }
  return Number.isNaN(height) || offset !== bytes.length ? undefined : { width: gridWidth, height, strokes }
}

/** Whether there is enough ink to be a signature: a dot or a tick on the glass by accident is not. */
export function isSigned({ width, strokes }: Ink): boolean {
  let length = 0
  for (const stroke of strokes)
    for (let i = 1; i < stroke.length; i++) {
      const [from, to] = [stroke[i - 1] as Point, stroke[i] as Point]
      length += Math.hypot(to.x - from.x, to.y - from.y)
    }
  return length >= width * 0.15
}
