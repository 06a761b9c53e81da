import { emptySpace, innerMap, type Space, type Voiding } from './fold.ts'
import type { Fields } from './op.ts'
import type { Stamp } from './stamp.ts'

/**
 * Raised when the same ops fold to another state, or a state is packed otherwise: snapshots of another version are not
 * used, and the log is folded anew. A test pins it to what both make of some ops.
 */
export const snapshotVersion = 1

/** Of one kind, so that reading or making a piece takes a few ms. */
const pieceEntries = 1_000

type PackedStamp = [at: number, dev: number, n: number]
type PackedEntry = [id: string, fields: Fields, stamp: PackedStamp, newer?: Record<string, PackedStamp>]
type PackedFact = [id: string, fields: Fields, stamp: PackedStamp, wall: number]
type PackedVoids = [fact: string, voidings: [reason: string, stamp: PackedStamp][]]
type Piece =
  | { records: string; entries: PackedEntry[] }
  | { facts: string; entries: PackedFact[] }
  | { voids: PackedVoids[] }
/** What stands once, before the pieces. Devices are named by their place. */
type Head = { devs: string[]; lastAt: number; unknownChanges: string[]; entries: number }

function* inPieces<T>(items: Iterable<T>): Generator<T[]> {
  let piece: T[] = []
  for (const item of items) {
    piece.push(item)
    if (piece.length < pieceEntries) continue
    yield piece
    piece = []
  }
  if (piece.length > 0) yield piece
}

/** The pieces of a space as JSON; its head comes last, since only then all devices are known. */
export function* packSpace({ records, facts, voids, lastAt, unknownChanges }: Space): Generator<string> {
  const placeOfDev = new Map<string, number>()
  let entries = 0
  const pack = ({ at, dev, n }: Stamp): PackedStamp => {
    const place = placeOfDev.get(dev) ?? placeOfDev.size
    placeOfDev.set(dev, place)
    return [at, place, n]
  }
  const packNewer = (newer: Record<string, Stamp>) =>
    Object.fromEntries(Object.entries(newer).map(([field, stamp]) => [field, pack(stamp)]))
  const write = (piece: Piece, count: number) => {
    entries += count
    return JSON.stringify(piece)
  }
  for (const [kind, held] of records)
    for (const some of inPieces(held)) {
      const packed = some.map(([id, { fields, stamp, newer }]): PackedEntry => {
        return newer ? [id, fields, pack(stamp), packNewer(newer)] : [id, fields, pack(stamp)]
      })
      yield write({ records: kind, entries: packed }, some.length)
    }
  for (const [kind, held] of facts)
    for (const some of inPieces(held.values())) {
      const packed = some.map(({ id, fields, stamp, wall }): PackedFact => [id, fields, pack(stamp), wall])
      yield write({ facts: kind, entries: packed }, some.length)
    }
  for (const some of inPieces(voids)) {
    const packed = some.map(([fact, held]): PackedVoids => [fact, held.map((one) => [one.reason, pack(one.stamp)])])
    yield write({ voids: packed }, some.length)
  }
  const head: Head = { devs: [...placeOfDev.keys()], lastAt, unknownChanges: [...unknownChanges], entries }
  yield JSON.stringify(head)
}

/** Adds what a piece holds; how many entries that is. */
function unpackPiece(piece: Piece, { records, facts, voids }: Space, unpack: (stamp: PackedStamp) => Stamp): number {
  if ('voids' in piece) {
    for (const [fact, held] of piece.voids)
      voids.set(
        fact,
        held.map(([reason, stamp]): Voiding => ({ reason, stamp: unpack(stamp) })),
      )
    return piece.voids.length
  }
  if ('facts' in piece) {
    const kind = piece.facts
    const held = innerMap(facts, kind)
    for (const [id, fields, stamp, wall] of piece.entries)
      held.set(id, { id, kind, fields, stamp: unpack(stamp), wall })
    return piece.entries.length
  }
  const held = innerMap(records, piece.records)
  for (const [id, fields, stamp, packedNewer] of piece.entries) {
    const later = Object.entries(packedNewer ?? {}).map(([field, one]): [string, Stamp] => [field, unpack(one)])
    held.set(id, { fields, stamp: unpack(stamp), newer: packedNewer && Object.fromEntries(later) })
  }
  return piece.entries.length
}

/** The space of these pieces, or `undefined` when they are not what was packed. */
export function unpackSpace(pieces: readonly string[]): Space | undefined {
  try {
    const { devs, lastAt, unknownChanges, entries }: Head = JSON.parse(pieces.at(-1) ?? '')
    const space: Space = { ...emptySpace(), lastAt, unknownChanges: new Set(unknownChanges) }
    const unpack = ([at, dev, n]: PackedStamp): Stamp => ({ at, dev: devs[dev] ?? '', n })
    let found = 0
    for (const piece of pieces.slice(0, -1)) found += unpackPiece(JSON.parse(piece), space, unpack)
    return found === entries ? space : undefined
  } catch {
    return undefined
  }
}
