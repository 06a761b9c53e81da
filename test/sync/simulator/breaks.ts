import { outboxRows } from '../../../src/client/db/outbox.ts'
import type { Database } from '../../../src/client/db/schema.ts'
import type { Link } from '../../../src/client/sync/link.ts'
import { decodeBody } from '../../../src/core/op.ts'
import { ok } from '../../../src/core/result.ts'
import { versionHeader } from '../../../src/protocol/version.ts'
import type { OpResult, Store } from '../../../src/server/store/store.ts'
import { bigserialCursor } from './bigserial.ts'
import { closingBreaks } from './closingBreaks.ts'
import { leakyBreaks } from './leakyBreaks.ts'
import { voteBreaks } from './voteBreaks.ts'
import type { Break } from './world.ts'

const dropLocal = async (db: Database, space: string) => {
  for (const { dev, n } of await outboxRows(db, space, 'local')) await db.outbox.delete([space, dev, n])
}

/** Does something to the outbox when a push is refused in one of these ways. */
function afterPush(doIt: (db: Database, space: string, kind: string | undefined) => Promise<void>): Break {
  return {
    wrapLink: (link, db): Link => ({
      ...link,
      push: async (space, request) => {
        const answer = await link.push(space, request)
        await doIt(db, space, answer.ok ? undefined : answer.failure.kind)
        return answer
      },
    }),
  }
}

/** Wraps the store's append. */
const append = (wrapped: (store: Store) => Store['append']): Break => ({
  wrapStore: (store) => ({ ...store, append: wrapped(store) }),
})

/** Every `times`-th time. */
function every(times: number): () => boolean {
  let count = 0
  return () => ++count % times === 0
}

/** Closes what a cut left open. */
function mendHalf(half: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const text = new TextDecoder().decode(half)
  for (const end of ['"]]}', ']]}', ']}', '}']) {
    try {
      JSON.parse(text + end)
      return new TextEncoder().encode(text + end)
    } catch {
      /** Something else was open. */
    }
  }
  return half
}

/**
 * Bugs that other engines had (sync-notes.md section 3 has their trackers), each put back at the seams of the real
 * parts. The simulator must catch every one; made anew for each run, since some count.
 */
export const breaks = {
  /** Numbers are drawn before the commit: a reader passes one that is committed later. */
  'bigserial-cursor': (): Break => ({ wrapStore: bigserialCursor }),
  /** The server believes what a device's clock says. */
  'raw-clock': () =>
    append((store) => (space, batch) => store.append(space, { ...batch, receivedAt: Number.MAX_SAFE_INTEGER })),
  /** A push is stored piece by piece, not in one transaction: a server that dies keeps half of it. */
  'push-in-pieces': (): Break => ({ isLeftOut: (text) => text.startsWith('begin') || text === 'commit' }),
  /** The server answers, then dies before the commit. */
  'ack-before-commit': () => {
    const dies = every(4)
    return append((store) => async (space, batch) => {
      if (!dies()) return store.append(space, batch)
      const head = (await store.findSpace(space))?.head ?? 0
      return batch.ops.map(({ op }, i): OpResult => ({ state: 'committed', n: op.n, seq: head + i + 1, at: op.at }))
    })
  },
  /** The cursor is on the disk before the page: a tab that dies in between has skipped it. */
  'cursor-before-data': () => {
    const dies = every(3)
    return { onWrite: ({ table, type }) => (table === 'pages' && type === 'put' && dies() ? 'drop' : undefined) }
  },
  /** (dev, n) is unique, and a fork is an error. */
  'unique-rejects-fork': () =>
    append((store) => async (space, batch) => {
      const results = await store.append(space, batch)
      if (results !== 'full' && results.some(({ state }) => state === 'forked')) throw new Error('duplicate key value')
      return results
    }),
  /** What the server refuses is thrown away. */
  'drop-on-4xx': () =>
    afterPush(async (db, space, kind) => {
      if (kind === 'badRequest' || kind === 'forbidden' || kind === 'clientTooOld' || kind === 'tooMany')
        await dropLocal(db, space)
    }),
  /** A session that ended empties the outbox. */
  'outbox-cleared-on-401': () =>
    afterPush(async (db, space, kind) => {
      if (kind === 'unauthorized') await dropLocal(db, space)
    }),
  /** A server that was restored is read anew, and nothing is offered to it. */
  'restore-without-reoffer': () => ({
    wrapLink: (link) => ({ ...link, recover: async () => ok(undefined) }),
    onWrite: ({ table, values }) =>
      table === 'outbox' && values?.length && values.every((row) => isOffered(row)) ? 'drop' : undefined,
  }),
  /** A restored server that still knows the cursor is not offered what it had committed behind it. */
  'no-reoffer-below-cursor': (): Break => {
    let wentBack = -1
    let isGoingBack = false
    return {
      onWrite: ({ table, values }) => {
        if (table === 'spaces') {
          const now = Math.max(...(values ?? []).map((row) => Number(Reflect.get(Object(row), 'wentBack'))))
          isGoingBack = now > wentBack && wentBack >= 0
          wentBack = Math.max(wentBack, now)
        }
        const offers = table === 'outbox' && values?.length && values.every((row) => isOffered(row))
        return offers && !isGoingBack ? 'drop' : undefined
      },
    }
  },
  /** After an answer that was lost the same work goes out under a new number. */
  'new-number-after-lost-answer': () =>
    afterPush(async (db, space, kind) => {
      if (kind !== 'offline' && kind !== 'notHadir') return
      for (const row of await outboxRows(db, space, 'local')) {
        await db.outbox.delete([space, row.dev, row.n])
        await db.outbox.add({ ...row, n: row.n + 1_000 })
      }
    }),
  /** An undo withdraws whatever facts there are of the person, also those that its author had not seen. */
  'undo-takes-unseen': (): Break => {
    const facts = new Set<string>()
    return {
      wrapAuthor: (author) => ({
        ...author,
        newOp: (space, changes, lastAt) => {
          const widened = changes.map((change) =>
            change.type === 'void' ? { ...change, facts: [...new Set([...change.facts, ...facts])] } : change,
          )
          const op = author.newOp(space, widened, lastAt)
          for (const [index, { type }] of changes.entries()) if (type === 'add') facts.add(`${op.salt}.${index}`)
          return op
        },
      }),
    }
  },
  /** What was parked is forgotten on the device. */
  'parked-dropped': () =>
    afterPush(async (db, space) => {
      setImmediate(async () => {
        await db.outbox.where({ state: 'parked', space }).delete()
      })
    }),
  /** A pull after a push that failed moves the cursor over what it did not store. */
  'pull-after-failed-push': () => {
    let failed = false
    return {
      ...afterPush(async (_db, _space, kind) => {
        failed = kind !== undefined
      }),
      onWrite: ({ table, type }) => (failed && table === 'pages' && type === 'put' ? 'drop' : undefined),
    }
  },
  /** A device whose cursor is unknown to the server takes that for "nothing new". */
  'divergence-ignored': () => ({
    wrapLink: (link) => ({
      ...link,
      pull: async (space, cursor) => {
        const answer = await link.pull(space, cursor)
        if (!answer.ok || answer.value.state !== 'diverged' || !cursor) return answer
        const { epoch, seq, chain } = cursor
        const nothing = { epoch, after: seq, head: seq, chain, witness: chain, devs: [], ops: [] }
        return ok({ state: 'page' as const, now: answer.value.now, backedUpThrough: 0, ...nothing })
      },
    }),
  }),
  /** One unreadable op makes the server refuse the whole batch, again and again. */
  'poison-blocks': () =>
    append((store) => async (space, batch) => {
      if (batch.ops.some(({ op }) => decodeBody(op.body) === undefined)) throw new Error('unreadable')
      return store.append(space, batch)
    }),
  /** Any answer with status 200 is taken for the server's, also a captive portal's page and half of one. */
  'any-200-is-a-yes': () =>
    afterPush(async (db, space, kind) => {
      if (kind === 'notHadir') await dropLocal(db, space)
    }),
  /**
   * A connection to IndexedDB that was closed under the app stays closed (Expensify: each retry
   * on the same dead handle).
   */
  'dead-handle-kept': (): Break => ({ staysClosed: true }),
  /** A tab that starts makes a key, though one is there. */
  'new-key-at-each-start': (): Break => ({ forgetsKey: true }),
  /** The server takes what it has of a request whose end never came. */
  'half-request-taken': (): Break => ({
    ...append((store) => (space, batch) => {
      const ops = batch.ops.map((op) => (op.verdict === 'badSeal' ? { ...op, verdict: 'commit' as const } : op))
      return store.append(space, { ...batch, ops })
    }),
    mendHalf,
  }),
  /** A revoked device erases itself at once, and what it had not sent. */
  'erased-before-handed-over': (): Break => ({
    wrapLink: (link, db) => ({
      ...link,
      session: async (unsent) => {
        const answer = await link.session(unsent)
        if (answer.ok && (answer.value.revoked || answer.value.ended?.length))
          for (const { space } of await db.spaces.toArray()) await dropLocal(db, space)
        return answer
      },
    }),
  }),
  /** The server takes whatever an attendee's phone sets. */
  'attendee-sets-others': () =>
    append((store) => (space, batch) => {
      const ops = batch.ops.map((op) => (op.verdict === 'notAllowed' ? { ...op, verdict: 'commit' as const } : op))
      return store.append(space, { ...batch, ops })
    }),
  ...closingBreaks,
  ...voteBreaks,
  /** "Tersimpan" is said while the write is still in a buffer: a tab that dies takes the last one along. */
  'saved-before-disk': () => {
    const lingers = every(5)
    return {
      onWrite: ({ table, type }) => (table === 'outbox' && type === 'add' && lingers() ? 'drop' : undefined),
    }
  },
  /** An op that was sent twice gets a second place in the log. */
  'repeat-is-new': () =>
    append(
      (store) => (space, batch) =>
        store.append(space, {
          ...batch,
          ops: batch.ops.map((offered) => ({
            ...offered,
            op: { ...offered.op, n: offered.op.n * 1_000 + (batch.receivedAt % 1_000) },
          })),
        }),
    ),
  ...leakyBreaks,
  /** The new app makes its tables anew: what the former one had not sent is gone. */
  'update-clears-outbox': (): Break => ({
    onUpdate: async (db) => {
      for (const { space } of await db.spaces.toArray()) await dropLocal(db, space)
    },
  }),
  /** The new server wants what only the new app says, and takes no work of a former one. */
  'former-push-refused': (): Break => ({
    refuse: ({ url, headers }) =>
      url.endsWith('/push') && !headers.has(versionHeader)
        ? Response.json({ kind: 'badRequest' }, { status: 400 })
        : undefined,
  }),
} satisfies Record<string, () => Break>

export type BreakName = keyof typeof breaks

export function isBreak(name: string): name is BreakName {
  return Object.hasOwn(breaks, name)
}

function isOffered(row: unknown): boolean {
  return Reflect.get(Object(row), 'state') === 'local' && Reflect.get(Object(row), 'seq') !== undefined
}
