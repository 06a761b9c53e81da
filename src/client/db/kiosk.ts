import { codeTriesPerLock, longestWaitMs, looksLikeReleaseCode, waitAfterMs } from '../../core/kiosk.ts'
import { type OnError, type Unsubscribe, watch } from './connection.ts'
import type { KioskRow } from './kioskRow.ts'
import type { Database } from './schema.ts'

async function readKiosk(db: Database): Promise<KioskRow | undefined> {
  const row = await db.meta.get('kiosk')
  return row?.key === 'kiosk' ? row : undefined
}

/** Calls back with the kiosk that this device is, now and on each change, whichever tab made it. */
export function watchKiosk(db: Database, onRow: (row: KioskRow | undefined) => void, onError?: OnError): Unsubscribe {
  return watch(db, () => readKiosk(db), onRow, onError)
}

/** From here on, reloads and cold starts too, the kiosk alone is shown. */
export async function writeKiosk(db: Database, row: KioskRow): Promise<void> {
  await db.transaction('rw', db.meta, () => db.meta.put(row))
}

/** The device is the team's again. */
export async function endKiosk(db: Database): Promise<void> {
  await db.transaction('rw', db.meta, () => db.meta.delete('kiosk'))
}

/** What may be tried now: while wrong PINs lock a kiosk, only what another device of the team makes. */
export type Try = { row: KioskRow; only?: 'releaseCode' }

/**
 * Counts a try before it is judged, so that no reload gives it back; a PIN that comes while it has to wait is no try.
 * `undefined`: none is allowed now. A lock that lies further ahead than any wait was made by another clock, and does
 * not hold.
 */
export async function takeTry(db: Database, wall: number, typed: string): Promise<Try | undefined> {
  return db.transaction('rw', db.meta, async () => {
    const row = await readKiosk(db)
    if (!row) return undefined
    const waitsMs = row.lockedUntil - wall
    if (waitsMs > 0 && waitsMs <= longestWaitMs) {
      const codeTries = (row.codeTries ?? 0) + 1
      if (!looksLikeReleaseCode(typed) || codeTries > codeTriesPerLock) return undefined
      await db.meta.put({ ...row, codeTries })
      return { row, only: 'releaseCode' as const }
    }
    const tries = row.tries + 1
    const tried = { ...row, tries, lockedUntil: wall + waitAfterMs(tries), codeTries: 0 }
    await db.meta.put(tried)
    return { row: tried }
  })
}
