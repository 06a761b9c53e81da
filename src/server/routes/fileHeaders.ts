import { fileTypes, isFileType } from '../../core/fileType.ts'
import type { Material } from '../../core/material.ts'

/**
 * Nothing in a file acts in our origin: it is not sniffed, it is sandboxed when it is opened by its address, and what a
 * browser would hand to a viewer or a program is a download.
 */
export function headersOf(type: string, { title }: Material, hash: string) {
  const isShown = /^(?:image|audio|video)\//.test(type)
  /** A title that was cut within an emoji ends in half of it, which no address can hold. */
  const name = encodeURIComponent(`${Buffer.from(title || 'materi')}.${isFileType(type) ? fileTypes[type] : 'bin'}`)
  return {
    'Content-Type': isFileType(type) ? type : 'application/octet-stream',
    'Content-Disposition': isShown ? 'inline' : `attachment; filename*=UTF-8''${name.replaceAll("'", '%27')}`,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'private, max-age=31536000, immutable, no-transform',
    'Accept-Ranges': 'bytes',
    ETag: `"${hash}"`,
  }
}
