import { type Point, unpackInk } from './ink.ts'

/** A signature as points at equal distances along its strokes, x and y in turn, in a square of 1 × 1 around it. */
export type InkShape = { strokes: number; points: number[]; boxes: number[] }

const samples = 24
/** Shorter than this many diagonals of its own box, ink says nothing about who drew it. */
const simplest = 1.8
/**
 * Mean distance of two shapes that are taken for one; two signatures of one person are farther apart, copies are not.
 */
const nearest = 0.03

/**
 * The shape of packed ink, whatever its size and place; `undefined` when it is so simple, a dash or a tick, that two
 * people's look alike.
 */
export function inkShape(packed: string): InkShape | undefined {
  const strokes = unpackInk(packed)?.strokes.filter((stroke) => stroke.length > 1) ?? []
  const all = strokes.flat()
  const [xs, ys] = [all.map(({ x }) => x), all.map(({ y }) => y)]
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  const [width, height] = [Math.max(...xs) - left || 1, Math.max(...ys) - top || 1]
  const total = strokes.reduce((sum, stroke) => sum + lengthOf(stroke), 0)
  if (total < simplest * Math.hypot(width, height)) return undefined
  const step = total / (samples + 1)
  const points: number[] = []
  let walked = 0
  for (const stroke of strokes)
    for (let i = 1; i < stroke.length; i++) {
      const [from, to] = [stroke[i - 1] as Point, stroke[i] as Point]
      const length = distance(from, to)
      walked += length
      for (let next = points.length / 2 + 1; next <= samples && walked >= next * step; next++) {
        const back = length === 0 ? 0 : (walked - next * step) / length
        points.push((to.x - (to.x - from.x) * back - left) / width, (to.y - (to.y - from.y) * back - top) / height)
      }
    }
  if (points.length < samples * 2) return undefined
  return { strokes: strokes.length, points, boxes: boxesOf(strokes.length, points) }
}

const distance = (a: Point, b: Point) => Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2)

function lengthOf(stroke: readonly Point[]): number {
  let length = 0
  for (let i = 1; i < stroke.length; i++) length += distance(stroke[i - 1] as Point, stroke[i] as Point)
  return length
}

/** Whether two shapes are taken for one. Gives up at the first points that are too far apart: nearly all pairs are. */
function isNear(a: InkShape, b: InkShape): boolean {
  if (a.strokes !== b.strokes) return false
  let left = nearest * samples
  for (let i = 0; i < samples * 2 && left >= 0; i += 2) {
    const [dx, dy] = [(a.points[i] ?? 0) - (b.points[i] ?? 0), (a.points[i + 1] ?? 0) - (b.points[i + 1] ?? 0)]
    left -= Math.sqrt(dx * dx + dy * dy)
  }
  return left >= 0
}

const grids = [0, 1, 2, 3]

/**
 * Numbers of the boxes that a shape falls into: two that are near share one of them, since no grid has its lines where
 * another has. Each looks at three other points, and tells five values of x and of y apart.
 */
function boxesOf(strokes: number, points: readonly number[]): number[] {
  return grids.map((grid) => {
    let box = strokes * grids.length + grid
    for (const at of [2 + grid, 9 + grid, 17 + grid])
      for (const value of [points[at * 2] ?? 0, points[at * 2 + 1] ?? 0])
        box = box * 5 + Math.floor(value * 4 + grid / 4)
    return box
  })
}

/** A full box is looked through in this many neighbours only, so that ten thousand signatures stay linear. */
const looksBack = 24

/** A person's ink, and the others' that are alike: the very same, or a near copy. */
export type Signature = { person: string; ink: string; shape: InkShape | undefined; alike: Set<Signature> }

/** Signatures in boxes of their like, so that only those that share one are compared. */
export type InkBoxes = {
  add: (person: string, ink: string, shape: InkShape | undefined) => Signature
  remove: (signature: Signature) => void
}

/** Empty boxes. Ink that is too simple to have a shape is like its exact copy only. */
export function createInkBoxes(): InkBoxes {
  const boxes = new Map<string | number, Signature[]>()
  const boxNames = ({ ink, shape }: Signature) => [ink, ...(shape?.boxes ?? [])]

  function isAlike(a: Signature, b: Signature): boolean {
    if (a.person === b.person) return false
    return a.ink === b.ink || Boolean(a.shape && b.shape && isNear(a.shape, b.shape))
  }

  return {
    add(person, ink, shape) {
      const signature: Signature = { person, ink, shape, alike: new Set() }
      for (const name of boxNames(signature)) {
        const box = boxes.get(name) ?? []
        boxes.set(name, box)
        for (let i = Math.max(0, box.length - looksBack); i < box.length; i++) {
          const other = box[i]
          if (!other || !isAlike(signature, other)) continue
          signature.alike.add(other)
          other.alike.add(signature)
        }
        box.push(signature)
      }
      return signature
    },
    remove(signature) {
      for (const other of signature.alike) other.alike.delete(signature)
      for (const name of boxNames(signature)) {
        const left = boxes.get(name)?.filter((other) => other !== signature) ?? []
        if (left.length > 0) boxes.set(name, left)
        else boxes.delete(name)
      }
    },
  }
}
