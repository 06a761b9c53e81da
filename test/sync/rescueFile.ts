import { recordWalkIn } from '../../src/client/state/attendance.ts'
import type { OpenedRescue } from '../../src/client/sync/rescue.ts'
import type { Device, Organizer } from './world.ts'

/** Checks invented people in who were not invited. */
export async function addWalkIns(device: Device, { space, session }: Organizer, count: number): Promise<void> {
  const opened = await device.open(space)
  for (let i = 0; i < count; i++) {
    const fields = { name: `Peserta Contoh ${i + 1}`, nip: '', invited: false }
    await recordWalkIn(opened, fields, { session, method: 'facilitator' })
  }
}

export async function makeFile(device: Device): Promise<{ file: Blob; rescued: ReadonlySet<string> }> {
  const made = await device.rescue.make()
  if (!made) throw new Error('Nothing to rescue')
  return { file: new Blob([made.text]), rescued: made.rescued }
}

export async function openFile(device: Device, file: Blob): Promise<OpenedRescue> {
  const read = await device.rescue.read(file)
  if (!read.ok) throw new Error(read.failure.kind)
  return read.value
}

export const outcomesOf = ({ batches }: OpenedRescue) => batches.flatMap(({ outcomes }) => outcomes ?? ['waiting'])
