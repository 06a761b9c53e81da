import { toBase64Url } from '../../core/bytes.ts'
import { sha256 } from '../../core/sha256.ts'
import { watch } from './connection.ts'
import type { UnreadCopiesRow } from './ofCopiesRow.ts'
import type { ClockRow, Database, DeviceRow, IdentityRow } from './schema.ts'

/** The key of this browser; absent until it was made. */
export async function readDevice(db: Database): Promise<DeviceRow | undefined> {
  const row = await db.meta.get('device')
  return row?.key === 'device' ? row : undefined
}

/** Whether everything was forgotten here by a person's word, as at a sign-out: nothing of it is to come back. */
export async function hasLeft(db: Database): Promise<boolean> {
  return (await db.meta.get('left')) !== undefined
}

/** What is known of the server's clock. */
export async function readClock(db: Database): Promise<ClockRow | undefined> {
  const row = await db.meta.get('clock')
  return row?.key === 'clock' ? row : undefined
}

/** What is known before a server has said anything. */
export const nobody: IdentityRow = {
  key: 'identity',
  account: null,
  enrolled: false,
  organizer: false,
  needsSetup: false,
}

/** Whose device this is. */
export async function readIdentity(db: Database): Promise<IdentityRow | undefined> {
  const row = await db.meta.get('identity')
  return row?.key === 'identity' ? row : undefined
}

/** Copies that a start could not read; absent: none. */
export async function readUnreadCopies(db: Database): Promise<UnreadCopiesRow | undefined> {
  const row = await db.meta.get('unreadCopies')
  return row?.key === 'unreadCopies' ? row : undefined
}

/** Tells an account again, and does not say its address. */
export const markOf = (email: string): string => toBase64Url(sha256(`akun ${email}`).subarray(0, 9))

/** The mark of the account that was last signed in here. */
export const lastMarkOf = ({ lastAccount, lastMark }: Pick<IdentityRow, 'lastAccount' | 'lastMark'>) =>
  lastAccount === undefined ? lastMark : markOf(lastAccount)

/** Replaces the row of its key. */
export async function writeMeta(db: Database, row: DeviceRow | ClockRow | IdentityRow): Promise<void> {
  await db.transaction('rw', db.meta, () => db.meta.put(row))
}

/**
 * Replaces the row of its key while this browser has the device `dev`, and says whether it has: what was asked in its
 * name is not written back once another tab has given it up ([S10]).
 */
export async function writeHeld(db: Database, dev: string, row: DeviceRow | IdentityRow): Promise<boolean> {
  return db.transaction('rw', db.meta, async () => {
    const isHeld = (await readDevice(db))?.dev === dev
    if (isHeld) await db.meta.put(row)
    return isHeld
  })
}

/** Keeps `made` as the device unless another tab was first; the device that holds comes back. */
export async function claimDevice(db: Database, made: DeviceRow): Promise<DeviceRow> {
  return db.transaction('rw', db.meta, async () => {
    const held = await readDevice(db)
    if (held) return held
    await db.meta.add(made)
    return made
  })
}

/** Calls back once this device's key is gone: another tab has signed out, or the browser has cleared its storage. */
export function whenGivenUp(db: Database, onGivenUp: () => void): void {
  const unwatch = watch(
    db,
    () => db.meta.get('device'),
    (row) => {
      if (row) return
      unwatch()
      onGivenUp()
    },
  )
}
