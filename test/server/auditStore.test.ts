import { beforeAll, describe, expect, test } from 'vitest'
import { auditLink } from '../../src/core/audit.ts'
import { chainStart } from '../../src/core/op.ts'
import { newId } from '../../src/server/auth/keys.ts'
import type { Store } from '../../src/server/store/store.ts'
import { eachSharedStore, historyEntry, type SharedStore } from '../support/stores.ts'

describe.each(eachSharedStore())('the history on %s', (_, open) => {
  let store: Store
  let storeOf: SharedStore['storeOf']
  let run: SharedStore['run']
  beforeAll(async () => {
    ;({ store, storeOf, run } = await open())
  })

  test('the history is one chain, also of several servers at once, and names what it concerns', async () => {
    const [space, dev] = [newId(), newId()]
    await store.audit.note(historyEntry({ kind: 'invited', space, dev, detail: { role: 'viewer', b: 2 } }))
    await Promise.all([...Array(20).keys()].map((i) => storeOf(i).audit.note(historyEntry({ at: i, space }))))
    await store.audit.note(historyEntry({ about: `device:${dev}`, reason: 'Hilang' }), historyEntry({ account: 'A' }))
    const rows = (await store.audit.read({ most: 100 })).reverse()
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_row, i) => i + 1))
    let link: Uint8Array = chainStart
    for (const row of rows) {
      link = auditLink(link, row.seq, row)
      expect(row.chain).toBe(Buffer.from(link).toString('base64url'))
    }
    expect(await store.audit.read({ space, most: 30 })).toHaveLength(21)
    expect((await store.audit.read({ about: `device:${dev}`, most: 9 })).map(({ reason }) => reason)).toEqual([
      'Hilang',
      '',
    ])
    const next = newId()
    await store.audit.note(
      historyEntry({ kind: 'keyRenewed', dev: next, about: `device:${next}`, detail: { before: dev } }),
    )
    const ofBoth = await Promise.all([dev, next].map((of) => store.audit.read({ about: `device:${of}`, most: 1 })))
    expect(ofBoth.map(([row]) => row?.kind)).toEqual(['keyRenewed', 'keyRenewed'])
    expect(await store.audit.read({ about: 'account:A', most: 9 })).toHaveLength(1)
    const [newest, second] = await store.audit.read({ most: 2 })
    expect((await store.audit.read({ before: newest?.seq ?? 0, most: 1 }))[0]).toEqual(second)
  })

  test('failed sign-ins that come at once are one line with all of them, whichever server writes it', async () => {
    const account = newId()
    await Promise.all([...Array(20).keys()].map((i) => storeOf(i).countRefusal(account, 3_600_000)))
    await store.countRefusal(account, 7_200_000)
    await Promise.all([0, 1].map((i) => storeOf(i).settleRefusals(7_200_000, 9)))
    const lines = await store.audit.read({ about: `account:${account}`, most: 9 })
    expect(lines.map(({ kind, at, detail }) => ({ kind, at, ...detail }))).toEqual([
      { kind: 'signInRefused', at: 9, count: 20, hour: 3_600_000 },
    ])
  })

  test('more lines than a statement has room for are written together', async () => {
    const [last] = await store.audit.read({ most: 1 })
    await store.audit.note(...Array.from({ length: 7_000 }, () => historyEntry({ kind: 'signInRefused' })))
    expect((await store.audit.read({ most: 1 }))[0]?.seq).toBe((last?.seq ?? 0) + 7_000)
  })

  test('nobody changes or takes out what the history holds', async () => {
    await store.audit.note(historyEntry({ reason: 'tetap' }))
    const before = await store.audit.read({ most: 100 })
    await expect(run("update audit set reason = 'lain'")).rejects.toThrow('append-only')
    await expect(run('delete from audit')).rejects.toThrow('append-only')
    expect(await store.audit.read({ most: 100 })).toEqual(before)
  })

  test('[S5] a backup is noted for the log that it is of, and never takes back what another one holds', async () => {
    const [space, epoch] = [newId(), newId()]
    await store.createSpace(space, epoch, 1)
    const note = async (of: string, head: number) => {
      await store.audit.noteBackup([{ space, epoch: of, head }], historyEntry({ kind: 'backedUp' }))
      return (await store.findSpace(space))?.backedUpThrough
    }
    expect([await note(epoch, 5), await note(newId(), 9), await note(epoch, 3)]).toEqual([5, 5, 5])
  })

  test('tells after which entry somebody may do less', async () => {
    await store.audit.note(historyEntry({ kind: 'grantEnded' }))
    const ended = await store.audit.lastEnding()
    await store.audit.note(historyEntry({ kind: 'enrolled' }))
    expect(await store.audit.lastEnding()).toBe(ended)
    await storeOf(1).audit.note(historyEntry({ kind: 'deviceRevoked' }))
    expect(await store.audit.lastEnding()).toBe(ended + 2)
    await store.audit.note(historyEntry({ kind: 'passwordChanged' }))
    expect(await store.audit.lastEnding()).toBe(ended + 3)
    await store.audit.note(historyEntry({ kind: 'resetUsed' }))
    expect(await store.audit.lastEnding()).toBe(ended + 4)
  })
})
