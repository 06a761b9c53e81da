import { Dexie, type DexieOptions } from 'dexie'
import type { OutboxRow } from '../../src/client/db/schema.ts'

/**
 * The database as an app of version 1 left it, open, with these ops. It is written down here once more, since that app
 * is out there: what the present schema says of version 1 is what is tested.
 */
export async function openVersion1(name: string, rows: OutboxRow[], engine?: DexieOptions): Promise<Dexie> {
  const old = new Dexie(name, engine)
  old.version(1).stores({
    spaces: 'space',
    pages: '[space+after]',
    lostPages: '[space+chain]',
    outbox: '[space+dev+n], [space+state], [space+state+seq], state',
    carried: '[space+dev+link], space, takenAt, *waiting, *refused',
    tickets: '[space+form+person], space',
    ballots: 'nonce, space',
    drafts: 'key',
    meta: 'key',
  })
  await old.table('outbox').bulkAdd(rows)
  await old.table('meta').add({ key: 'schema', epoch: 1 })
  return old
}

/** An op as that version kept it, in one of its states. */
export function version1Row(name: { space: string; dev: string; n: number }, state: OutboxRow['state']): OutboxRow {
  const { n } = name
  const op = { ...name, v: 1, wall: n, at: n, body: `body ${n}` }
  const sealed = { link: `link ${n}`, previous: `link ${n - 1}` }
  if (state === 'local') return { ...op, state }
  if (state === 'parked') return { ...op, ...sealed, state, parkedFor: 'notAllowed' }
  return { ...op, ...sealed, state, seq: n + 10, finalAt: n + 0.5 }
}
