import type { Table } from 'dexie'
import { createDatabase, type Database } from './schema.ts'

/**
 * What is on this device only, once more in files of its own: a disk that runs full tears the log that Chromium keeps
 * of IndexedDB, and the next start begins an empty one. Files of materials are too large for it.
 */
export const copied = ['spaces', 'outbox', 'carried', 'tickets', 'ballots'] as const
export type Copied = (typeof copied)[number]

/** Where copies lie, as device/buckets.ts has it. */
export type CopyPlaces = {
  names: () => Promise<string[]>
  leftOver: () => Promise<string[]>
  make: (kind: string) => Promise<{ name: string; indexedDB: IDBFactory }>
  open: (name: string) => Promise<IDBFactory>
  drop: (name: string) => Promise<void>
  channel: (kind: string) => BroadcastChannel
}

export const copyKind = 'isi'
export const reserveKind = 'ruang'
export const isOfKind = (name: string, kind: string) => name.includes(`-${kind}-`)

export const copyName = 'salinan'
export const openCopy = (indexedDB: IDBFactory) =>
  createDatabase(copyName, { indexedDB, IDBKeyRange, chromeTransactionDurability: 'relaxed' })

export const tablesOf = (db: Database): Table[] => copied.map((name) => db.table(name))
