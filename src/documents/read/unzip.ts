import { Inflate } from 'fflate'
import { fail, ok, type Result } from '../../core/result.ts'
import type { ReadFailure } from './failure.ts'

const maxUnzippedBytes = 200 * 1024 * 1024

const endSignature = 0x06054b50
const entrySignature = 0x02014b50
/** So much is unpacked between two looks at the total: 16 kB unpack to 16 MB at most. */
const chunkBytes = 16_384

type Entry = { name: string; method: number; packedBytes: number; declaredBytes: number; offset: number }

/**
 * The files of a zip by name (APPNOTE 4.3). What its directory declares is added up before anything is unpacked, and
 * what really comes out is counted again: a zip bomb that lies is stopped at the same 200 MB.
 */
export function unzip(bytes: Uint8Array): Result<Record<string, Uint8Array>, ReadFailure> {
  const entries = readDirectory(bytes)
  if (!entries) return fail({ kind: 'damaged' })
  if (entries.reduce((sum, { declaredBytes }) => sum + declaredBytes, 0) > maxUnzippedBytes)
    return fail({ kind: 'tooLarge' })
  const files: Record<string, Uint8Array> = {}
  let left = maxUnzippedBytes
  for (const entry of entries) {
    const packed = packedBytes(bytes, entry)
    const file = packed && inflate(packed, entry, left)
    if (!file) return fail({ kind: 'damaged' })
    if (file === 'tooLarge') return fail({ kind: 'tooLarge' })
    left -= file.length
    files[entry.name] = file
  }
  return ok(files)
}

function readDirectory(bytes: Uint8Array): Entry[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = bytes.length - 22
  while (end >= 0 && view.getUint32(end, true) !== endSignature) end--
  if (end < 0) return undefined
  const entries: Entry[] = []
  let at = view.getUint32(end + 16, true)
  for (let count = view.getUint16(end + 10, true); count > 0; count--) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== entrySignature) return undefined
    const nameLength = view.getUint16(at + 28, true)
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      packedBytes: view.getUint32(at + 20, true),
      declaredBytes: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

function packedBytes(bytes: Uint8Array, { offset, packedBytes }: Entry): Uint8Array | undefined {
  if (offset + 30 > bytes.length) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  return start + packedBytes <= bytes.length ? bytes.subarray(start, start + packedBytes) : undefined
}

function inflate(
  packed: Uint8Array,
  { method, declaredBytes }: Entry,
  left: number,
): Uint8Array | 'tooLarge' | undefined {
  if (method === 0) return packed.length <= left ? packed : 'tooLarge'
  if (method !== 8) return undefined
  const file = new Uint8Array(declaredBytes)
  let length = 0
  const stream = new Inflate((chunk) => {
    if (length + chunk.length <= declaredBytes) file.set(chunk, length)
    length += chunk.length
  })
  try {
    for (let at = 0; at < packed.length; at += chunkBytes) {
      stream.push(packed.subarray(at, at + chunkBytes), at + chunkBytes >= packed.length)
      if (length > left || length > declaredBytes) return 'tooLarge'
    }
  } catch {
    return undefined
  }
  return length === declaredBytes ? file : undefined
}
