import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, it } from 'vitest'
import { outboxRows } from '../../src/client/db/outbox.ts'
import { schemaEpoch } from '../../src/client/db/schema.ts'
import { sentAbove } from '../../src/client/db/sent.ts'
import { openVersion1, version1Row } from '../support/version1.ts'
import { createDisk } from './simulator/disk.ts'

const space = 'SPACESPACESPACESPACESP'
const dev = 'DEVDEVDEVDEVDEVDEVDEVD'

const rows = Array.from({ length: 15 }, (_, place) => {
  const n = place + 1
  return version1Row({ space, dev, n }, n > 12 ? 'local' : n % 4 === 0 ? 'parked' : 'sent')
})

/** The disk that an app of version 1 left. */
async function leaveVersion1(): Promise<IDBFactory> {
  const indexedDB = new IDBFactory()
  const old = await openVersion1('hadir', rows, { indexedDB, IDBKeyRange })
  old.close()
  return indexedDB
}

/** Opens a tab that dies at its `dieAt`-th read or write; how it ends when it is told to open its database. */
function openTab(indexedDB: IDBFactory, dieAt = Number.POSITIVE_INFINITY) {
  let left = dieAt
  const burials: (() => void)[] = []
  const death = Promise.withResolvers<'died'>()
  const life = {
    step: () => {
      left--
      if (left === 0) {
        for (const bury of burials) bury()
        death.resolve('died')
      }
      return left > 0
    },
    isAlive: () => left > 0,
    onDeath: (bury: () => void) => void burials.push(bury),
    losesConnection: () => false,
  }
  const db = createDisk('hadir', undefined, indexedDB).open(life, () => undefined)
  const end = () => Promise.race([death.promise, db.open().then(() => 'opened' as const)])
  return { db, end }
}

const versionOf = async (indexedDB: IDBFactory) => (await indexedDB.databases())[0]?.version

it('[S1] a tab that is killed anywhere in an upgrade of IndexedDB leaves every op for the next one, once', async () => {
  const versions: (number | undefined)[] = []
  for (let dieAt = 1; ; dieAt++) {
    const indexedDB = await leaveVersion1()
    const dying = openTab(indexedDB, dieAt)
    if ((await dying.end()) === 'opened') break
    versions.push(await versionOf(indexedDB))
    const { db } = openTab(indexedDB)
    const states = ['sent', 'local', 'parked'].map((state) => rows.filter((row) => row.state === state))
    const [sent, local, parked] = [
      sentAbove(db, space, 0),
      outboxRows(db, space, 'local'),
      outboxRows(db, space, 'parked'),
    ]
    expect(await Promise.all([sent, local, parked])).toEqual(states)
    expect(await db.outbox.count()).toBe(rows.filter(({ state }) => state !== 'sent').length)
    expect(await db.meta.get('schema')).toEqual({ key: 'schema', epoch: schemaEpoch })
    db.close()
  }
  /** Dexie counts in tens. It died in the upgrade, which was undone as a whole, and behind it. */
  expect(versions.filter((version) => version === 10).length).toBeGreaterThan(2)
  expect(new Set(versions)).toEqual(new Set([10, 30]))
})
