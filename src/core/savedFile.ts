/** A file of a material that this device keeps, whole or as far as it has come. */
export type SavedFile = {
  /** SHA-256 of its content, base64url. */
  hash: string
  /** The events that have it here. */
  spaces: string[]
  type: string
  sizeBytes: number
  gotBytes: number
  /** All of it is here, and its hash was found right. */
  isWhole: boolean
  /** A person has said to stop for now. */
  isPaused: boolean
  /** When it was saved or last opened: this device's clock, epoch ms. */
  usedAt: number
}

/** Files come and are kept in parts, so that a line which breaks loses no more than one. */
export const partBytes = 512 * 1024

/** In how many parts a file of this size is kept. */
export const partCount = (sizeBytes: number): number => Math.ceil(sizeBytes / partBytes)

/** Where part number `index` lies in its file; `end` is behind its last byte. */
export function partRange(sizeBytes: number, index: number): { start: number; end: number } {
  return { start: index * partBytes, end: Math.min(sizeBytes, (index + 1) * partBytes) }
}

/** Where a file is on the server, also for a page that shows it without saving it. */
export const fileAddress = (space: string, hash: string): string => `/api/v1/spaces/${space}/files/${hash}`

/** What stays free for records, whatever is saved: they are ten times smaller, and must never find the disk full. */
export const reservedBytes = 50_000_000

/** The files that go first when `bytes` are wanted: half-fetched ones, then those that were not used for longest. */
export function filesToDrop(files: readonly SavedFile[], bytes: number): SavedFile[] {
  const inOrder = [...files].sort((a, b) => Number(a.isWhole) - Number(b.isWhole) || a.usedAt - b.usedAt)
  const dropped: SavedFile[] = []
  let freed = 0
  for (const file of inOrder) {
    if (freed >= bytes) break
    if (file.gotBytes === 0) continue
    dropped.push(file)
    freed += file.gotBytes
  }
  return dropped
}
