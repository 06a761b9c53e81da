import { type Entry, emptySpace, innerMap, type Space, type Voiding } from './fold.ts'
import type { Fields } from './op.ts'
import type { Stamp } from './stamp.ts'

/**
 * Raised when the same ops fold to another state, or a state is packed otherwise: snapshots of another version are not
 * used, and the log is folded anew. A test pins it to what both make of some ops.
 */
export const snapshotVersion = 2

/** Of one kind, so that reading or making a piece takes a few ms. */
const pieceEntries = 1_000

type PackedStamp = [at: number, dev: number, n: number]
/**
 * One list for each part of an entry: a list for each entry takes a quarter more time to read, most of it in the
 * garbage collector.
 */
type Columns = { ids: string[]; fields: Fields[]; ats: number[]; devs: number[]; ns: number[] }
type PackedRecords = Columns & { records: string; newer: [at: number, stamps: [field: string, stamp: PackedStamp][]][] }
type PackedFacts = Columns & { facts: string; walls: number[] }
type PackedVoids = { voids: [fact: string, voidings: [reason: string, stamp: PackedStamp][]][] }
type Piece = PackedRecords | PackedFacts | PackedVoids
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
  const placeOf = (dev: string): number => {
    const place = placeOfDev.get(dev) ?? placeOfDev.size
    placeOfDev.set(dev, place)
    return place
  }
  const pack = ({ at, dev, n }: Stamp): PackedStamp => [at, placeOf(dev), n]
  const inColumns = (some: [id: string, Pick<Entry, 'fields' | 'stamp'>][]): Columns => ({
    ids: some.map(([id]) => id),
    fields: some.map(([, { fields }]) => fields),
    ats: some.map(([, { stamp }]) => stamp.at),
    devs: some.map(([, { stamp }]) => placeOf(stamp.dev)),
    ns: some.map(([, { stamp }]) => stamp.n),
  })
  const write = (piece: Piece, count: number) => {
    entries += count
    return JSON.stringify(piece)
  }
  for (const [kind, held] of records)
    for (const some of inPieces(held)) {
      const newer = some.flatMap(([, entry], at): PackedRecords['newer'] => {
        const stamps = Object.entries(entry.newer ?? {}).map(([field, stamp]): [string, PackedStamp] => [
          field,
          pack(stamp),
        ])
        return stamps.length > 0 ? [[at, stamps]] : []
      })
      yield write({ records: kind, ...inColumns(some), newer }, some.length)
    }
  for (const [kind, held] of facts)
    for (const some of inPieces(held)) {
      yield write({ facts: kind, ...inColumns(some), walls: some.map(([, { wall }]) => wall) }, some.length)
    }
  for (const some of inPieces(voids)) {
    const packed = some.map(([fact, held]): PackedVoids['voids'][number] => [
      fact,
      held.map((one) => [one.reason, pack(one.stamp)]),
    ])
    yield write({ voids: packed }, some.length)
  }
  const head: Head = { devs: [...placeOfDev.keys()], lastAt, unknownChanges: [...unknownChanges], entries }
  yield JSON.stringify(head)
}

/** Adds what a piece holds; how many entries that is. */
function unpackPiece(piece: Piece, { records, facts, voids }: Space, devs: string[]): number {
  const unpack = ([at, dev, n]: PackedStamp): Stamp => ({ at, dev: devs[dev] ?? '', n })
  if ('voids' in piece) {
    for (const [fact, held] of piece.voids)
      voids.set(
        fact,
        held.map(([reason, stamp]): Voiding => ({ reason, stamp: unpack(stamp) })),
      )
    return piece.voids.length
  }
  const stampAt = (i: number): Stamp => ({
    at: piece.ats[i] ?? 0,
    dev: devs[piece.devs[i] ?? 0] ?? '',
    n: piece.ns[i] ?? 0,
  })
  const fieldsAt = (i: number): Fields => piece.fields[i] ?? {}
  if ('facts' in piece) {
    const kind = piece.facts
    const held = innerMap(facts, kind)
    piece.ids.forEach((id, i) => {
      held.set(id, { id, kind, fields: fieldsAt(i), stamp: stampAt(i), wall: piece.walls[i] ?? 0 })
    })
    return piece.ids.length
  }
  const held = innerMap(records, piece.records)
  const newer = new Map(piece.newer)
  piece.ids.forEach((id, i) => {
    const later = newer.get(i)?.map(([field, stamp]): [string, Stamp] => [field, unpack(stamp)])
    held.set(id, { fields: fieldsAt(i), stamp: stampAt(i), newer: later && Object.fromEntries(later) })
  })
  return piece.ids.length
}

/** The space of these pieces, or `undefined` when they are not what was packed. */
export function unpackSpace(pieces: readonly string[]): Space | undefined {
  try {
    const { devs, lastAt, unknownChanges, entries }: Head = JSON.parse(pieces.at(-1) ?? '')
    const space: Space = { ...emptySpace(), lastAt, unknownChanges: new Set(unknownChanges) }
    let found = 0
    for (const piece of pieces.slice(0, -1)) found += unpackPiece(JSON.parse(piece), space, devs)
    return found === entries ? space : undefined
  } catch {
    return undefined
  }
}
