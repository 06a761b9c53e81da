import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, it } from 'vitest'
import { readDevice } from '../../src/client/db/meta.ts'
import { createDatabase } from '../../src/client/db/schema.ts'
import { createHttpLink } from '../../src/client/sync/httpLink.ts'
import { createIdentity } from '../../src/client/sync/identity.ts'
import { simulate } from '../support/simulate.ts'

it('two tabs that start at once for the first time are one device', async () => {
  const db = createDatabase('hadir', { indexedDB: new IDBFactory(), IDBKeyRange })
  const start = () => createIdentity({ db, link: createHttpLink(), deviceName: 'Siti', onChange: () => undefined })
  const tabs = await Promise.all([start(), start()])
  const { dev } = (await readDevice(db)) ?? { dev: '' }
  expect(tabs.map((identity) => identity.device().dev)).toEqual([dev, dev])
})

it('a phone that dies at any step of making its key and enrolling comes in at its next start', async () => {
  const { status, text } = await simulate('--first-starts')
  expect(text).toMatch(/^\d{2,} first starts died: the next ones came in\.$/m)
  expect(status).toBe(0)
}, 120_000)
