import { readMaterials } from '../../core/material.ts'
import { strandedBlobs } from '../db/blobs.ts'
import { fileName } from '../db/opName.ts'
import type { Database } from '../db/schema.ts'
import type { Spaces } from './spaces.ts'
import type { StrandedFile } from './uploads.ts'

/** Files that are on this device alone, each under the title of the material that names it. */
export async function listStranded(db: Database, spaces: Spaces, only?: string): Promise<StrandedFile[]> {
  const rows = await strandedBlobs(db, only)
  const titled = rows.map(async ({ space, hash, type, sizeBytes }) => {
    const materials = (await spaces.open(space))?.view(readMaterials).peek() ?? []
    const title = materials.find(({ file }) => file === hash)?.title ?? ''
    return { name: fileName({ space, hash }), hash, type, sizeBytes, title }
  })
  return Promise.all(titled)
}
