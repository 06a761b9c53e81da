import { type DBCoreCursor, Dexie } from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import type { Database } from '../../../src/client/db/schema.ts'
import * as client from './client.ts'
import type { Client } from './versions.ts'

/** Dexie's live queries look for the browser's IndexedDB, whichever one a database was given. */
Dexie.dependencies.indexedDB = new IDBFactory()
Dexie.dependencies.IDBKeyRange = IDBKeyRange

/** What Dexie says of each connection that is closed here on purpose. */
const { warn } = console
console.warn = (...said) => said[0] === 'Dexie: Need to reopen db' || warn(...said)

const { storagemutated } = Dexie.on
type Listener = Parameters<typeof storagemutated.subscribe>[0]
/** Dexie's events keep this list, which its types do not name. */
const listeners = (): Listener[] => [...Reflect.get(storagemutated, 'subscribers')]
const dexiesOwn = new Set(listeners())

/** Live queries of dead tabs would be asked for ever: Dexie keeps those of all databases in one list. */
export function forgetQueries(): void {
  for (const listener of listeners()) if (!dexiesOwn.has(listener)) storagemutated.unsubscribe(listener)
}

/** What a tab's every step passes: it dies at one of them, and what it does after that never comes back. */
export type Life = {
  /** Counts one step; false once the tab is dead. */
  step: () => boolean
  isAlive: () => boolean
  /** Counts one read or write; true when the connection is lost at it. */
  losesConnection: () => boolean
  onDeath: (bury: () => void) => void
}

/** What a write may meet on its way to a table; a known bug is put back here (breaks.ts). */
export type WriteRequest = { table: string; type: string; values?: readonly unknown[] }
/** `undefined`: goes through as it is. `'drop'`: is said to be done and is not. `'full'`: the disk is full. */
export type OnWrite = (request: WriteRequest) => 'drop' | 'full' | undefined

export type DiskCopy = { table: string; rows: unknown[] }[]

const never = () => new Promise<never>(() => undefined)

/** One device's IndexedDB, which outlives its tabs. `app`: the version that opens it; `factory`: what is on it. */
export function createDisk(name: string, app: () => Client = () => client, factory = new IDBFactory()) {
  let indexedDB = factory
  const plain = (engine = indexedDB) => app().createDatabase(name, { indexedDB: engine, IDBKeyRange })

  return {
    /** A tab's own connection. */
    open: (life: Life, onWrite: OnWrite): Database => {
      const transactions = new Set<IDBTransaction>()
      const db = plain(watchUpgrades(indexedDB, transactions))
      guard(db, life, onWrite, transactions)
      return db
    },
    copy: async (): Promise<DiskCopy> => {
      const db = plain()
      const tables = db.tables.map(async (table) => ({ table: table.name, rows: await table.toArray() }))
      const copied = await Promise.all(tables)
      db.close()
      return copied
    },
    /** The whole disk as it was once: a backup of the phone, or a cut that took what was not yet on the flash. */
    putBack: async (copy: DiskCopy): Promise<void> => {
      indexedDB = new IDBFactory()
      const db = plain()
      await db.open()
      await Promise.all(copy.map(({ table, rows }) => db.table(table).bulkPut(rows)))
      db.close()
    },
  }
}

/** Puts a tab's life and its full disk between the real client and IndexedDB. */
function guard(db: Database, life: Life, onWrite: OnWrite, open: Set<IDBTransaction>): void {
  function abortAll(): void {
    for (const transaction of open) {
      try {
        transaction.abort()
      } catch {
        /** It had just been committed. */
      }
    }
  }
  life.onDeath(() => {
    for (const transaction of open) transaction.onabort = transaction.onerror = transaction.oncomplete = null
    abortAll()
  })

  function whileAlive<T>(answer: PromiseLike<T>): Promise<T> {
    return Dexie.Promise.resolve(answer).then(
      (value) => (life.isAlive() ? value : never()),
      (error) => {
        if (!life.isAlive()) return never()
        throw error
      },
    )
  }

  /** As Safari ends its database's process: what is under way is undone, and the handle is dead for good. */
  function passing<T>(call: () => PromiseLike<T>): Promise<T> {
    if (!life.step()) return never()
    if (!life.losesConnection()) return whileAlive(call())
    abortAll()
    db.backendDB().close()
    return Dexie.Promise.reject(new DOMException('Connection to Indexed Database server lost', 'UnknownError'))
  }

  /** A tab may also die between two rows of a cursor. */
  function guardCursor<C extends DBCoreCursor | null>(cursor: C): C {
    if (cursor) {
      const { start } = cursor
      cursor.start = (onNext) => whileAlive(start.call(cursor, onNext))
    }
    return cursor
  }

  db.use({
    stack: 'dbcore',
    name: 'simulator',
    create: (core) => ({
      ...core,
      transaction: (stores, mode, options) => {
        const transaction = core.transaction(stores, mode, options)
        if (transaction instanceof Object && 'addEventListener' in transaction)
          watch(transaction as IDBTransaction, open)
        return transaction
      },
      table: (tableName) => {
        const table = core.table(tableName)
        return {
          ...table,
          get: (request) => passing(() => table.get(request)),
          getMany: (request) => passing(() => table.getMany(request)),
          query: (request) => passing(() => table.query(request)),
          count: (request) => passing(() => table.count(request)),
          openCursor: (request) => passing(() => table.openCursor(request)).then(guardCursor),
          mutate: (request) => {
            const values = 'values' in request ? request.values : undefined
            const answer = onWrite({ table: tableName, type: request.type, ...(values && { values }) })
            if (answer === 'full')
              return Dexie.Promise.reject(new DOMException('The disk is full', 'QuotaExceededError'))
            if (answer === 'drop')
              return passing(() =>
                Dexie.Promise.resolve({ numFailures: 0, failures: {}, results: [], lastResult: undefined }),
              )
            return passing(() => table.mutate(request))
          },
        }
      },
    }),
  })
}

function watch(transaction: IDBTransaction, open: Set<IDBTransaction>): void {
  open.add(transaction)
  for (const end of ['complete', 'abort']) transaction.addEventListener(end, () => open.delete(transaction))
}

/** Of transactions those are the browser's own that bring a database to the next version. */
function watchUpgrades(factory: IDBFactory, open: Set<IDBTransaction>): IDBFactory {
  return Object.create(factory, {
    open: {
      value: (...given: Parameters<IDBFactory['open']>) => {
        const request = factory.open(...given)
        request.addEventListener('upgradeneeded', () => request.transaction && watch(request.transaction, open))
        return request
      },
    },
  })
}
