import { decodeBody } from '../../core/op.ts'
import { type OpName, opName } from './opName.ts'
import type { Database } from './schema.ts'

/** Whether an op says no more than that materials were opened or kept. */
export function isNote(body: string): boolean {
  const changes = decodeBody(body)?.changes ?? []
  return changes.length > 0 && changes.every((change) => change.type === 'add' && change.kind === 'opened')
}

/** Whether an op says no more than that a rescue file was made, and by which device. */
export function isRescueNote(body: string): boolean {
  const changes = decodeBody(body)?.changes ?? []
  const said = changes.filter((change) => change.type !== 'set' || change.kind !== 'device')
  const isNote = (change: (typeof said)[number]) =>
    change.type === 'add' && change.kind === 'exported' && change.fields.what === 'rescue'
  return said.length > 0 && said.every(isNote)
}

/**
 * Ops that wait on attendees' devices and hold nothing that anybody wrote: whoever has handed in his sign-in need not
 * wait for them. Bodies are read of few: an attendee's device writes little.
 */
export async function unsentNotes(db: Database): Promise<Set<OpName>> {
  const spaces = await db.spaces.filter(({ role }) => role === 'attendee').primaryKeys()
  const rows = await Promise.all(spaces.map((space) => db.outbox.where({ state: 'local', space }).toArray()))
  return new Set(
    rows
      .flat()
      .filter(({ body }) => isNote(body))
      .map(opName),
  )
}
