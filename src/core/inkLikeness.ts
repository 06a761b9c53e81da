import { type Point, unpackInk } from './ink.ts'

/**
 * A signature as points at equal distances along its strokes, in a square of 1 × 1 around it; `undefined` when it is so
 * simple, a dash or a tick, that two people's look alike.
 */
export type InkShape = { strokes: number; points: Point[]; boxes: string[] }

const samples = 24
/** Shorter than this many diagonals of its own box, ink says nothing about who drew it. */
const simplest = 1.8
/** Mean distance of two shapes that are taken for one; two signatures of one person are farther apart, copies are not. */
const nearest = 0.03

export function inkShape(packed: string): InkShape | undefined {
  const strokes = unpackInk(packed)?.strokes.filter((stroke) => stroke.length > 1) ?? []
  const all = strokes.flat()
  const [xs, ys] = [all.map(({ x }) => x), all.map(({ y }) => y)]
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  const [width, height] = [Math.max(...xs) - left || 1, Math.max(...ys) - top || 1]
  const lengths = strokes.flatMap((stroke) =>
    stroke.slice(1).map((to, i) => ({ from: stroke[i] as Point, to, length: distance(stroke[i] as Point, to) })),
  )
  const total = lengths.reduce((sum, { length }) => sum + length, 0)
  if (total < simplest * Math.hypot(width, height)) return undefined
  const points: Point[] = []
  let walked = 0
  for (const { from, to, length } of lengths) {
    walked += length
    while (points.length < samples && walked >= ((points.length + 1) * total) / (samples + 1)) {
      const back = length === 0 ? 0 : (walked - ((points.length + 1) * total) / (samples + 1)) / length
      const at = { x: to.x - (to.x - from.x) * back, y: to.y - (to.y - from.y) * back }
      points.push({ x: (at.x - left) / width, y: (at.y - top) / height })
    }
  }
  if (points.length < samples) return undefined
  return { strokes: strokes.length, points, boxes: boxesOf(strokes.length, points) }
}

const distance = (a: Point, b: Point) => Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2)

/** Gives up at the first points that are too far apart: nearly all pairs are. */
export function isNear(a: InkShape, b: InkShape): boolean {
  if (a.strokes !== b.strokes) return false
  let left = nearest * samples
  for (let i = 0; i < samples && left >= 0; i++) left -= distance(a.points[i] as Point, b.points[i] as Point)
  return left >= 0
}

/**
 * Names of the boxes that a shape falls into: two that are near share one of them, since no grid has its lines where
 * another has. Each looks at three other points.
 */
function boxesOf(strokes: number, points: readonly Point[]): string[] {
  return [0, 1, 2, 3].map((grid) => {
    const looked = [2 + grid, 9 + grid, 17 + grid].map((i) => points[i] as Point)
    const cells = looked.flatMap(({ x, y }) => [x, y].map((value) => Math.floor(value * 4 + grid / 4)))
    return `${grid} ${strokes} ${cells.join(' ')}`
  })
}

/** A full box is looked through in this many neighbours only, so that ten thousand signatures stay linear. */
const looksBack = 24

/**
 * Whose signatures are alike: the very same ink, or a near copy. `inks` are of one person each; from each person to the
 * others. Signatures that are too simple to tell people apart are compared as they are written only.
 */
export function likeInks(
  inks: Iterable<{ person: string; ink: string; shape: InkShape | undefined }>,
): Map<string, Set<string>> {
  const alike = new Map<string, Set<string>>()
  const link = (a: string, b: string) => {
    if (a === b) return
    alike.set(a, (alike.get(a) ?? new Set()).add(b))
    alike.set(b, (alike.get(b) ?? new Set()).add(a))
  }
  const lastOfInk = new Map<string, string>()
  const boxes = new Map<string, { person: string; shape: InkShape }[]>()
  for (const { person, ink, shape } of inks) {
    const same = lastOfInk.get(ink)
    if (same) link(person, same)
    lastOfInk.set(ink, person)
    if (!shape || same) continue
    for (const name of shape.boxes) {
      const box = boxes.get(name) ?? []
      boxes.set(name, box)
      for (let i = Math.max(0, box.length - looksBack); i < box.length; i++) {
        const other = box[i]
        if (other && isNear(shape, other.shape)) link(person, other.person)
      }
      box.push({ person, shape })
    }
  }
  return alike
}
