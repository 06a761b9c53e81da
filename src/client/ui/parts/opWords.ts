import { decodeBody } from '../../../core/op.ts'

const namedKinds = new Set(['attendance', 'person', 'event', 'session', 'same'])

/** The word (`op.…` of the shell's words) for what an action is about: an undo, or the kind of its first record. */
export function opSubject(body: string): string {
  const first = decodeBody(body)?.changes[0]
  if (first?.type === 'void') return 'undo'
  return first && first.type !== 'unknown' && namedKinds.has(first.kind) ? first.kind : 'other'
}
