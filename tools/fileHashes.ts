import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** Enough to tell damage from what was built; the service worker's list is fetched at every look for an update. */
const hashBytes = 9

/** The first bytes of a file's SHA-256, as the service worker holds it against what it keeps (sw/files.ts). */
export const fileHash = (content: Uint8Array): string =>
  createHash('sha256').update(content).digest().subarray(0, hashBytes).toString('base64')

/** Writes beside each address of the service worker's list the hash of the file that lies in `folder`. */
export const addHashes =
  (folder: string) =>
  async <Entry extends { url: string }>(entries: Entry[]) => ({
    manifest: entries.map((entry) => ({ ...entry, hash: fileHash(readFileSync(`${folder}/${entry.url}`)) })),
    warnings: [],
  })
