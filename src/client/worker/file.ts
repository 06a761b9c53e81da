import { concatBytes, toBase64Url } from '../../core/bytes.ts'
import { createSha256 } from '../../core/sha256.ts'
import { type Inflate, sniffTypes } from '../../core/sniff.ts'
import type { FileReport, FileRequest } from './fileMessages.ts'

declare const self: DedicatedWorkerGlobalScope

/** A phone holds so much of a film at once, whatever its length. */
const pieceBytes = 1_048_576

const bytesOf = async (file: Blob, from: number, to: number) => new Uint8Array(await file.slice(from, to).arrayBuffer())

const inflate: Inflate = async (packed, maxBytes) => {
  const unpacked = new Blob([new Uint8Array(packed)]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  const read: Uint8Array[] = []
  let length = 0
  const reader = unpacked.getReader()
  for (let next = await reader.read(); next.value; next = await reader.read()) {
    length += next.value.length
    if (length > maxBytes) throw new RangeError('It unpacks to more than was said')
    read.push(next.value)
  }
  return concatBytes(...read)
}

/**
 * Chrome before 103 and Safari before 16.4 unpack nothing: there a zip may be any of Office's, and the server looks.
 */
function canUnpack(): boolean {
  try {
    return Boolean(new DecompressionStream('deflate-raw'))
  } catch {
    return false
  }
}

async function hashOf(file: Blob, onRead: (readBytes: number) => void): Promise<string> {
  const sha256 = createSha256()
  for (let from = 0; from < file.size; from += pieceBytes) {
    sha256.add(await bytesOf(file, from, from + pieceBytes))
    onRead(Math.min(from + pieceBytes, file.size))
  }
  return toBase64Url(sha256.digest())
}

self.addEventListener('message', async ({ data: { file } }: MessageEvent<FileRequest>) => {
  const report = (message: FileReport) => self.postMessage(message)
  try {
    const types = await sniffTypes((from, to) => bytesOf(file, from, to), file.size, canUnpack() ? inflate : undefined)
    const hash = types.length > 0 ? await hashOf(file, (readBytes) => report({ readBytes })) : ''
    report({ hash, types })
  } catch (error) {
    report({ failed: error instanceof Error ? error.message : String(error) })
  }
})
