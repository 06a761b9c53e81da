import { concatBytes } from './bytes.ts'
import { sha256 } from './sha256.ts'

/** What fits one code of version 20, level L, in base45 with what stands before and after it. */
const singleBytes = 800
/** What fits a code that a cheap phone reads at a glance (version 11, level L). */
const blockBytes = 300
/** As many blocks as a word has bits to say which of them a frame holds. */
const maxBlocks = 30
const markBytes = 4
const headBytes = markBytes + 4

/**
 * The blocks that a frame is the sum (XOR) of, as bits: one each in the first round, a pseudo-random half afterwards.
 */
function maskOf(index: number, count: number): number {
  if (index < count) return 1 << index
  /** Two rounds of a multiplicative hash (Knuth): both sides must get the same bits on every machine. */
  let word = Math.imul(index + 1, 0x9e3779b1)
  word = Math.imul(word ^ (word >>> 15), 0x85ebca6b)
  const mask = (word ^ (word >>> 13)) & (2 ** count - 1)
  return mask || 1 << (index % count)
}

function addInto(target: Uint8Array, other: Uint8Array): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] ?? 0) ^ (other[i] ?? 0)
}

/**
 * A message as an endless sequence of frames, for a code that changes several times a second: the first ones hold a
 * block each, all later ones sums of blocks, so that about as many frames as there are blocks are enough, whichever of
 * them were missed. A frame is the message's mark, its number (2 bytes), how many blocks, how many bytes of the last
 * one are unused, and the block. What fits one code has one frame. `undefined`: too long.
 */
export function splitFrames(message: Uint8Array): { count: number; frame: (index: number) => Uint8Array } | undefined {
  const count = message.length <= singleBytes ? 1 : Math.ceil(message.length / blockBytes)
  if (count > maxBlocks) return undefined
  const size = Math.ceil(message.length / count)
  const blocks = Array.from({ length: count }, (_, i) => {
    const block = new Uint8Array(size)
    block.set(message.subarray(i * size, (i + 1) * size))
    return block
  })
  const mark = sha256(message).subarray(0, markBytes)
  const unused = size * count - message.length
  return {
    count,
    frame: (index) => {
      const sum = new Uint8Array(size)
      blocks.forEach((block, i) => {
        if (maskOf(index & 0xffff, count) & (1 << i)) addInto(sum, block)
      })
      return concatBytes(mark, Uint8Array.of((index >> 8) & 255, index & 255, count, unused), sum)
    },
  }
}

export type Collected = { state: 'more'; held: number; count: number } | { state: 'whole'; message: Uint8Array }

type Row = { mask: number; block: Uint8Array }

/** The bytes of solved blocks in their order, when their mark is the message's. */
function join(rows: Map<number, Row>, unused: number, mark: string): Uint8Array | undefined {
  const blocks = [...rows].sort(([a], [b]) => a - b).map(([, { block }]) => block)
  const whole = concatBytes(...blocks)
  const message = whole.slice(0, whole.length - unused)
  return String(sha256(message).subarray(0, markBytes)) === mark ? message : undefined
}

/**
 * Puts a message together from frames in any order, by elimination. Frames of another message begin anew; so does a
 * message whose mark does not hold. `undefined`: no frame, or one that should have been all of it and is damaged.
 */
export function createCollector(): (frame: Uint8Array) => Collected | undefined {
  let current = ''
  /** By its lowest block: no two rows share that one, and no row holds another's. */
  let rows = new Map<number, Row>()

  function add(row: Row): void {
    for (const [pivot, held] of rows) {
      if (row.mask & (1 << pivot)) {
        row.mask ^= held.mask
        addInto(row.block, held.block)
      }
    }
    if (row.mask === 0) return
    const pivot = 31 - Math.clz32(row.mask & -row.mask)
    for (const held of rows.values()) {
      if (held.mask & (1 << pivot)) {
        held.mask ^= row.mask
        addInto(held.block, row.block)
      }
    }
    rows.set(pivot, row)
  }

  return (frame) => {
    const [high = 0, low = 0, count = 0, unused = 0] = frame.subarray(markBytes, headBytes)
    const block = frame.slice(headBytes)
    const isFrame = count > 0 && count <= maxBlocks && block.length > 0 && block.length <= singleBytes && unused < count
    if (!isFrame || unused >= block.length * count) return undefined
    const mark = String(frame.subarray(0, markBytes))
    const message = `${mark} ${count} ${unused} ${block.length}`
    if (message !== current) rows = new Map()
    current = message
    add({ mask: maskOf(high * 256 + low, count), block })
    if (rows.size < count) return { state: 'more', held: rows.size, count }
    const whole = join(rows, unused, mark)
    current = ''
    rows = new Map()
    if (whole) return { state: 'whole', message: whole }
    return count > 1 ? { state: 'more', held: 0, count } : undefined
  }
}
