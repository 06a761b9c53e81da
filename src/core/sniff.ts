import { type FileType, fileTypes, isFileType } from './fileType.ts'

/** Reads the bytes from `from` up to `to` of a content that may be too large for the memory. */
export type ReadBytes = (from: number, to: number) => Promise<Uint8Array>
/** Unpacks raw deflate, at most `maxBytes` of it; throws where it is none. */
export type Inflate = (packed: Uint8Array, maxBytes: number) => Promise<Uint8Array>

/** One character per byte: signatures and the names in a zip are ASCII. */
function latin(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

/** What stands where in a content of which type. Whatever is not told apart by it (audio or video) is one group. */
const marks: [type: FileType | FileType[], ...at: [number, string][]][] = [
  ['image/png', [0, '\x89PNG\r\n\x1a\n']],
  ['image/jpeg', [0, '\xff\xd8\xff']],
  ['image/gif', [0, 'GIF87a']],
  ['image/gif', [0, 'GIF89a']],
  ['image/webp', [0, 'RIFF'], [8, 'WEBP']],
  ['audio/wav', [0, 'RIFF'], [8, 'WAVE']],
  ['audio/ogg', [0, 'OggS']],
  ['audio/mpeg', [0, 'ID3']],
  [
    ['video/mp4', 'audio/mp4', 'video/quicktime'],
    [4, 'ftyp'],
  ],
  ['video/quicktime', [4, 'moov']],
  ['video/quicktime', [4, 'mdat']],
  ['video/quicktime', [4, 'wide']],
]
/** A frame of MPEG 1, 2 or 2.5, layer III, without a tag before it. */
const mp3Frame = /^\xff[\xe2\xe3\xf2\xf3\xfa\xfb]/
/** Readers take a PDF whose mark comes within its first kilobyte. */
const pdfMark = /%PDF-\d/
const headBytes = 1_024

const officeParts: [FileType, string][] = [
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'wordprocessingml.document.main+xml'],
  ['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'presentationml.presentation.main+xml'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'spreadsheetml.sheet.main+xml'],
]
const contentTypesName = '[Content_Types].xml'
const maxContentTypesBytes = 1_048_576
const maxDirectoryBytes = 4_194_304

/**
 * What a content can be by its own bytes: of a name or a declared type nothing is believed. A zip is one of Office's
 * when its list of content types says so, and nothing when that names macros; without `inflate` it may be any of them.
 * Empty: none that is accepted.
 */
export async function sniffTypes(read: ReadBytes, sizeBytes: number, inflate?: Inflate): Promise<FileType[]> {
  const head = latin(await read(0, Math.min(headBytes, sizeBytes)))
  const [found] = marks.find(([, ...places]) => places.every(([at, mark]) => head.startsWith(mark, at))) ?? []
  if (found) return [found].flat()
  if (mp3Frame.test(head)) return ['audio/mpeg']
  if (head.startsWith('PK\x03\x04'))
    return inflate ? sniffOffice(read, sizeBytes, inflate) : officeParts.map(([type]) => type)
  return pdfMark.test(head) && !/^\s*</.test(head) ? ['application/pdf'] : []
}

async function sniffOffice(read: ReadBytes, sizeBytes: number, inflate: Inflate): Promise<FileType[]> {
  const list = await readContentTypes(read, sizeBytes, inflate).catch(() => undefined)
  if (!list || /macroEnabled/i.test(list)) return []
  return officeParts.filter(([, part]) => list.includes(part)).map(([type]) => type)
}

/** The list of content types in a zip (APPNOTE 4.3), found through the directory at its end. */
async function readContentTypes(read: ReadBytes, sizeBytes: number, inflate: Inflate): Promise<string | undefined> {
  const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const tail = await read(Math.max(0, sizeBytes - 65_557), sizeBytes)
  const end = latinIndexOf(tail, 'PK\x05\x06')
  if (end < 0) return undefined
  const [directoryBytes, directoryAt] = [viewOf(tail).getUint32(end + 12, true), viewOf(tail).getUint32(end + 16, true)]
  if (directoryBytes > maxDirectoryBytes) return undefined
  const directory = await read(directoryAt, directoryAt + directoryBytes)
  const view = viewOf(directory)
  for (let at = 0; at + 46 <= directory.length; ) {
    const nameBytes = view.getUint16(at + 28, true)
    if (latin(directory.subarray(at + 46, at + 46 + nameBytes)) === contentTypesName) {
      const [method, packedBytes, local] = [
        view.getUint16(at + 10, true),
        view.getUint32(at + 20, true),
        view.getUint32(at + 42, true),
      ]
      if (packedBytes > maxContentTypesBytes) return undefined
      const header = viewOf(await read(local, local + 30))
      const from = local + 30 + header.getUint16(26, true) + header.getUint16(28, true)
      const packed = await read(from, from + packedBytes)
      return latin(method === 0 ? packed : await inflate(packed, maxContentTypesBytes))
    }
    at += 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return undefined
}

function latinIndexOf(bytes: Uint8Array, mark: string): number {
  for (let at = bytes.length - 22; at >= 0; at--) if (latin(bytes.subarray(at, at + mark.length)) === mark) return at
  return -1
}

/** The type of a file by the end of its name, as far as a name says. */
export function typeOfName(name: string): FileType | undefined {
  const end = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase()
  const alike = end === 'jpeg' ? 'jpg' : end
  return Object.keys(fileTypes)
    .filter(isFileType)
    .find((type) => fileTypes[type] === alike)
}
