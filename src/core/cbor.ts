import { concatBytes, fromUtf8, utf8 } from './bytes.ts'

/** The part of CBOR (RFC 8949) that a signed pass is made of: integers, bytes, texts, lists, and maps by integer. */
export type Cbor = number | string | Uint8Array | Cbor[] | Map<number, Cbor>

const [unsigned, negative, bytesType, textType, listType, mapType] = [0, 1, 2, 3, 4, 5]
const deepest = 4

function head(major: number, value: number): Uint8Array {
  const bytesOf = (count: number) => {
    const bytes = new Uint8Array(count)
    for (let i = count - 1, rest = value; i >= 0; i--, rest = Math.floor(rest / 256)) bytes[i] = rest % 256
    return bytes
  }
  const tag = major << 5
  if (value < 24) return Uint8Array.of(tag | value)
  if (value < 0x100) return concatBytes(Uint8Array.of(tag | 24), bytesOf(1))
  if (value < 0x1_0000) return concatBytes(Uint8Array.of(tag | 25), bytesOf(2))
  if (value < 0x1_0000_0000) return concatBytes(Uint8Array.of(tag | 26), bytesOf(4))
  return concatBytes(Uint8Array.of(tag | 27), bytesOf(8))
}

/** The shortest form of a value; maps in the order in which they were filled. */
export function encodeCbor(value: Cbor): Uint8Array {
  if (typeof value === 'number') return value < 0 ? head(negative, -1 - value) : head(unsigned, value)
  if (typeof value === 'string') return concatBytes(head(textType, utf8(value).length), utf8(value))
  if (value instanceof Uint8Array) return concatBytes(head(bytesType, value.length), value)
  if (Array.isArray(value)) return concatBytes(head(listType, value.length), ...value.map(encodeCbor))
  const entries = [...value].flatMap(([key, inner]) => [encodeCbor(key), encodeCbor(inner)])
  return concatBytes(head(mapType, value.size), ...entries)
}

/** The value that these bytes are, all of them, or `undefined`: cut off, too deep, or a type that no pass has. */
export function decodeCbor(bytes: Uint8Array): Cbor | undefined {
  let at = 0

  function take(count: number): Uint8Array | undefined {
    if (!(count <= bytes.length - at)) return undefined
    at += count
    return bytes.subarray(at - count, at)
  }

  function readLength(short: number): number {
    if (short < 24) return short
    const more = short <= 27 ? take(2 ** (short - 24)) : undefined
    return more ? more.reduce((sum, byte) => sum * 256 + byte, 0) : Number.NaN
  }

  function readList(count: number, depth: number): Cbor[] | undefined {
    const items: Cbor[] = []
    while (items.length < count) {
      const item = read(depth + 1)
      if (item === undefined) return undefined
      items.push(item)
    }
    return items
  }

  function read(depth: number): Cbor | undefined {
    const first = take(1)?.[0]
    if (first === undefined || depth > deepest) return undefined
    const [major, length] = [first >> 5, readLength(first & 31)]
    if (!Number.isSafeInteger(length)) return undefined
    if (major === unsigned) return length
    if (major === negative) return -1 - length
    if (major === bytesType) return take(length)
    if (major === textType) return fromUtf8(take(length))
    if (major === listType) return readList(length, depth)
    return major === mapType ? toMap(readList(length * 2, depth)) : undefined
  }

  const value = read(0)
  return at === bytes.length ? value : undefined
}

function toMap(items: Cbor[] | undefined): Map<number, Cbor> | undefined {
  const map = new Map<number, Cbor>()
  for (let i = 0; items && i < items.length; i += 2) {
    const [key, value] = [items[i], items[i + 1]]
    if (typeof key !== 'number' || value === undefined || map.has(key)) return undefined
    map.set(key, value)
  }
  return items && map
}
