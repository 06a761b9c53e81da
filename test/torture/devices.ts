import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { commitOp } from '../../src/client/db/outbox.ts'
import { pagesAbove, unpackOps } from '../../src/client/db/pages.ts'
import { createDatabase, type SpaceRow } from '../../src/client/db/schema.ts'
import { sentAbove } from '../../src/client/db/sent.ts'
import { newSpaceRow } from '../../src/client/db/spaces.ts'
import { createIdentity } from '../../src/client/sync/identity.ts'
import { pullSpace } from '../../src/client/sync/pull.ts'
import { pushSpace } from '../../src/client/sync/push.ts'
import { newId } from '../../src/server/auth/keys.ts'
import { createBrowserLink, must } from '../support/browserLink.ts'
import { organizer } from '../support/server.ts'

/** A browser with the client's own database and sync code, which writes, pushes and pulls when it is told to. */
export async function createDevice(address: () => Promise<string>, holder: string) {
  const link = createBrowserLink(address)
  const db = createDatabase(`hadir-${newId()}`, { indexedDB: new IDBFactory(), IDBKeyRange })
  const identity = await createIdentity({ db, link, deviceName: 'Ponsel', onChange: () => undefined })
  const parts = { db, link, renewDevice: identity.renew, wall: Date.now }

  async function write(space: string, newSpace?: SpaceRow): Promise<void> {
    const changes = [{ type: 'add' as const, kind: 'attendance', fields: { p: newId(), s: 's' } }]
    const { dev } = identity.device()
    const op = { space, dev, changes, salt: newId().slice(0, 11), wall: Date.now(), offsetMs: 0, lastAt: 0 }
    await commitOp(db, op, { newSpace })
  }

  return {
    link,
    write: (space: string) => write(space),
    /** Signs in as the organizer and makes a space with its first op. */
    createSpace: async (): Promise<string> => {
      const { email, password } = organizer
      must(await link.signIn({ email, password }))
      must(await identity.enrol({}))
      const space = newId()
      await write(space, newSpaceRow(space, 'organizer'))
      await pushSpace(parts, space)
      return space
    },
    join: async (code: string) => must(await identity.enrol({ code, holder })),
    /** Sends what is unsent; resolves with why it did not go through. */
    push: (space: string) => pushSpace(parts, space),
    pull: (space: string) => pullSpace(db, link, space),
    /** The ops of this device above a number that the server has acknowledged. */
    acknowledged: async (space: string, above: number) =>
      (await sentAbove(db, space, above)).map(({ dev, n }) => ({ name: `${dev}.${n}`, n })),
    /** The ops that this device has read from the log, in the log's order. */
    read: async (space: string) =>
      (await pagesAbove(db, space, 0)).flatMap(unpackOps).map(([, dev, n]) => `${dev}.${n}`),
    close: () => db.close(),
  }
}
export type Device = Awaited<ReturnType<typeof createDevice>>
