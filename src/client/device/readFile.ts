import type { FileType } from '../../core/fileType.ts'
import type { FileReport, FileRequest } from '../worker/fileMessages.ts'

/**
 * What a file is: the SHA-256 of its content (base64url), and what it can be by its bytes; none: nothing that is taken.
 */
export type FileReading = { hash: string; types: FileType[] }

/**
 * Reads a file beside the page, piece by piece: a film of 300 MB neither fits a cheap phone's memory nor may it hold
 * the page for seconds. Rejects where it cannot be read, as when it was moved meanwhile.
 */
export function readFile(file: Blob, onRead: (readBytes: number) => void = () => undefined): Promise<FileReading> {
  const worker = new Worker(new URL('../worker/file.ts', import.meta.url), { type: 'module', name: 'file' })
  const reading = new Promise<FileReading>((resolve, reject) => {
    worker.addEventListener('error', () => reject(new Error('the worker did not load')))
    worker.addEventListener('message', ({ data }: MessageEvent<FileReport>) => {
      if ('readBytes' in data) onRead(data.readBytes)
      else if ('failed' in data) reject(new Error(data.failed))
      else resolve(data)
    })
  })
  worker.postMessage({ file } satisfies FileRequest)
  return reading.finally(() => worker.terminate())
}
