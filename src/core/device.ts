import { textOf } from './fields.ts'
import type { Space } from './fold.ts'
import type { Change } from './op.ts'

/** Who uses a device, and what it is: what an auditor reads beside what it recorded. */
export type DeviceRecord = { holder: string; name: string }

/** A device says who it is, in the first op that it writes in a space and when its holder changes. */
export function introduceDevice(dev: string, { holder, name }: DeviceRecord): Change {
  return { type: 'set', kind: 'device', id: dev, fields: { holder, name } }
}

/** The devices that have written in a space, by id. What another device said of one does not count. */
export function readDevices(space: Space): Map<string, DeviceRecord> {
  const devices = new Map<string, DeviceRecord>()
  for (const [dev, { fields, stamp, newer }] of space.records.get('device') ?? []) {
    const saidBy = newer?.holder?.dev ?? stamp.dev
    if (saidBy === dev) devices.set(dev, { holder: textOf(fields, 'holder'), name: textOf(fields, 'name') })
  }
  return devices
}
