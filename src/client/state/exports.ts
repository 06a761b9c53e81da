import { may } from '../../core/access.ts'
import type { OpenSpace } from './openSpace.ts'

/** Which of an event's data left the device as a file, in which form. */
export type Export = { what: 'history' | 'results'; format: string }

/**
 * Notes in the log that data was taken out as a file. Who may not write there leaves no such line, and a full disk, which
 * refuses it, must not keep the list from whoever stands in the hall.
 */
export async function noteExport(space: OpenSpace, { what, format }: Export): Promise<void> {
  if (!may(space.role.value, 'push')) return
  await space.commit([{ type: 'add', kind: 'exported', fields: { what, format } }]).catch(() => undefined)
}
