import { toBase64Url } from '../../core/bytes.ts'
import type { DeviceRecord } from '../../core/device.ts'
import { ownedId, uuidv7 } from '../../core/ids.ts'
import type { Change } from '../../core/op.ts'
import type { NewOp } from '../db/outbox.ts'
import type { OutboxRow } from '../db/schema.ts'

/** Who writes on this device, with which clock and which chance. */
export type Author = {
  /** Who uses this device, as far as it is known. */
  device: () => DeviceRecord
  /** The id of this device's key; a forked device changes it. */
  dev: () => string
  newId: () => string
  /** An id that begins with an attendee's prefix. */
  newOwnedId: (owner: string) => string
  /** The corrected time, epoch ms: this device's clock and the server's offset. */
  now: () => number
  newOp: (space: string, changes: Change[], lastAt: number) => NewOp
  /** Called after each commit; the status and the sync engine listen. */
  onCommit: (row: OutboxRow) => void
  /** Waited for before an op is called saved. */
  whenSafe: () => Promise<void>
}

const nobody: DeviceRecord = { holder: '', name: '' }

/** Makes the ops of this device; the outbox numbers them as it writes them. */
export function createAuthor(parts: {
  /** The id of this device's key, read anew for each op: a forked device changes it. */
  dev: () => string
  device?: () => DeviceRecord
  wall: () => number
  offsetMs: () => number
  random: (count: number) => Uint8Array
  onCommit: (row: OutboxRow) => void
  whenSafe?: () => Promise<void>
}): Author {
  const { dev, device = () => nobody, wall, offsetMs, random, onCommit, whenSafe = async () => undefined } = parts
  const now = () => wall() + offsetMs()
  return {
    dev,
    device,
    newId: () => uuidv7(now(), random(10)),
    newOwnedId: (owner) => ownedId(owner, random(8)),
    now,
    newOp: (space, changes, lastAt) => ({
      space,
      dev: dev(),
      changes,
      salt: toBase64Url(random(8)),
      wall: wall(),
      offsetMs: offsetMs(),
      lastAt,
    }),
    onCommit,
    whenSafe,
  }
}
