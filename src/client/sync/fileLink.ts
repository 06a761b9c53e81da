import { concatBytes } from '../../core/bytes.ts'
import { fail, ok } from '../../core/result.ts'
import { fileAddress } from '../../core/savedFile.ts'
import { readRefusal } from '../../protocol/failure.ts'
import { parseJson } from './call.ts'
import type { Answer } from './link.ts'

/** A part of a file, from byte `start` to the one before `end`. */
export type Part = { space: string; hash: string; sizeBytes: number; start: number; end: number }
export type GetPart = (part: Part, stop: AbortSignal) => Answer<Uint8Array<ArrayBuffer>>

/** A server that accepts and then sends nothing does not hold us longer than this; a slow line sends something. */
const silenceMs = 30_000
const partial = 206

async function readBytes(response: Response, onBytes: () => void): Promise<Uint8Array<ArrayBuffer>> {
  const read: Uint8Array[] = []
  const reader = response.body?.getReader()
  for (let next = await reader?.read(); next?.value; next = await reader?.read()) {
    onBytes()
    read.push(next.value)
  }
  return concatBytes(...read)
}

/** Parts of files over HTTPS. What is not as long as it must be comes from something else than Hadir. */
export function createFileLink(send: typeof fetch = (...request) => fetch(...request)): GetPart {
  return async ({ space, hash, sizeBytes, start, end }, stop) => {
    const silent = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const wait = () => {
      clearTimeout(timer)
      timer = setTimeout(() => silent.abort(), silenceMs)
    }
    const abort = () => silent.abort()
    stop.addEventListener('abort', abort)
    let response: Response
    let bytes: Uint8Array<ArrayBuffer>
    try {
      wait()
      response = await send(fileAddress(space, hash), {
        headers: { Range: `bytes=${start}-${end - 1}` },
        cache: 'no-store',
        signal: silent.signal,
      })
      bytes = await readBytes(response, wait)
    } catch {
      return fail({ kind: silent.signal.aborted && !stop.aborted ? ('timeout' as const) : ('offline' as const) })
    } finally {
      clearTimeout(timer)
      stop.removeEventListener('abort', abort)
    }
    if (!response.ok) {
      const answer = parseJson(new TextDecoder().decode(bytes))
      return fail(readRefusal(response.status, answer) ?? { kind: 'notHadir' as const })
    }
    const isWhole = response.status !== partial && bytes.length === sizeBytes
    const part = isWhole ? bytes.slice(start, end) : bytes
    return part.length === end - start ? ok(part) : fail({ kind: 'notHadir' as const })
  }
}
