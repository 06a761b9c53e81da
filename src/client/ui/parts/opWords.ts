import { type Change, decodeBody, type UnknownChange } from '../../../core/op.ts'

const namedKinds = new Set([
  ...[
    'attendance',
    'person',
    'event',
    'session',
    'same',
    'material',
    'form',
    'response',
    'consent',
    'pass',
    'exported',
  ],
])

/**
 * The word (`op.…` of the shell's words) for what an action is about: an undo, an attendance, also of somebody who is
 * new with it, or the kind of its first record.
 */
export function opSubject(body: string): string {
  const changes = decodeBody(body)?.changes ?? []
  const [first] = changes
  if (first?.type === 'void') return 'undo'
  if (changes.some((change) => change.type === 'add' && change.kind === 'attendance')) return 'attendance'
  return first && first.type !== 'unknown' && namedKinds.has(first.kind) ? first.kind : 'other'
}

function personOf(change: Change | UnknownChange): { id: unknown; name?: unknown } | undefined {
  if (change.type === 'set' && change.kind === 'person') return { id: change.id, name: change.fields.name }
  if (change.type === 'add' && change.kind === 'attendance') return { id: change.fields.p }
  return undefined
}

/** Whom an action is about: by the name that it gives, or that the person has here; empty when it is about nobody. */
export function opPerson(body: string, people: ReadonlyMap<string, { name: string }>): string {
  for (const change of decodeBody(body)?.changes ?? []) {
    const { id, name } = personOf(change) ?? {}
    if (typeof name === 'string') return name
    if (typeof id === 'string') return people.get(id)?.name ?? ''
  }
  return ''
}
