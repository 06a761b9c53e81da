import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, describe, expect, test } from 'vitest'
import { recordWalkIn } from '../../src/client/state/attendance.ts'
import { createApp } from '../../src/server/app.ts'
import { newId } from '../../src/server/auth/keys.ts'
import { importRescue } from '../../src/server/rescue.ts'
import { createDeps } from '../../src/server/start.ts'
import { restoreSqlite } from '../../src/server/store/backup.ts'
import { holdFolder } from '../../src/server/store/folder.ts'
import type { Store } from '../../src/server/store/store.ts'
import { makeDist, openTestContent, openTestStore, temporaryFolder } from '../support/server.ts'
import { openPostgresStore, usePostgres } from '../support/stores.ts'
import { createFacilitator, createOrganizer, type Device, serverState } from '../sync/world.ts'

const postgres = usePostgres()
const devices: Device[] = []
afterAll(() => {
  for (const { engine } of devices) engine.stop()
})

/** A running server on this store, an event, and a facilitator's phone whose rescue file holds two walk-ins. */
async function makeRescue(store: Store) {
  const deps = await createDeps(store, 0, await openTestContent())
  const app = createApp(deps, {
    distFolder: makeDist(),
    publicUrl: undefined,
    proxies: 0,
    log: pino({ level: 'silent' }),
  })
  const server = {
    fetch: async (request: Request) => app.fetch(request),
    issueSetup: () => deps.setup.issue(Date.now()),
    store: () => store,
  }
  const { device: organizer, space, session } = await createOrganizer(server)
  const siti = await createFacilitator(server, organizer, space, 'Siti')
  devices.push(organizer, siti)
  siti.net.state = 'down'
  for (const name of ['Budi Contoh', 'Ani Contoh']) {
    const fields = { name, nip: '', invited: false }
    await recordWalkIn(await siti.open(space), fields, { session, method: 'facilitator' })
  }
  const text = (await siti.rescue.make())?.text ?? ''
  const path = join(temporaryFolder(), 'hadir-penyelamat.json')
  writeFileSync(path, text)
  return { server, siti, space, text, path }
}

/** `npm run rescue -- FILE` as its users start it: how it ends, and what it says. */
function runCommand(environment: Record<string, string>, path: string): Promise<{ code: number; said: string }> {
  const { PATH = '' } = process.env
  return new Promise((resolve) => {
    execFile(process.execPath, ['tools/rescue.ts', path], { env: { PATH, ...environment } }, (error, out, err) =>
      resolve({ code: error ? 1 : 0, said: `${out}${err}`.trim() }),
    )
  })
}

describe.each([
  { name: 'SQLite', newPlace: async () => temporaryFolder(), open: openTestStore, setting: 'HADIR_DATA' },
  { name: 'PostgreSQL', newPlace: () => postgres.newDatabase(), open: openPostgresStore, setting: 'DATABASE_URL' },
])('a rescue file on a server with $name', ({ newPlace, open, setting }) => {
  test('[S13] is taken while the server runs and after it stopped; twice changes nothing', async () => {
    const place = await newPlace()
    const store = await open(place)
    const { server, siti, space, path } = await makeRescue(store)
    const dev = siti.identity.device().dev
    const run = () => runCommand({ [setting]: place }, path)
    const line = (committed: number, known: number) =>
      `${dev} (Siti): committed ${committed}, known ${known}, parked 0, refused 0`

    expect(await run()).toEqual({ code: 0, said: line(2, 0) })
    const delivered = await serverState(server, space)
    expect(delivered).toContain('Budi Contoh')
    expect(await run()).toEqual({ code: 0, said: line(0, 2) })
    siti.net.state = 'up'
    await siti.sync()
    expect(await siti.db.outbox.count()).toBe(0)
    expect(await serverState(server, space)).toBe(delivered)
    expect(await siti.state(space)).toBe(delivered)
    await store.close()
    expect(await run()).toEqual({ code: 0, said: line(0, 2) })
  })

  test('is judged as a push is: by the author’s standing and seal', async () => {
    const store = await open(await newPlace())
    const { siti, space, text } = await makeRescue(store)
    const parts = { store, now: Date.now }
    const reports = async (file: string) => {
      const done = await importRescue(parts, file)
      return done.ok ? done.value.devices : done.failure
    }
    const { dev } = siti.identity.device()
    const none = { dev, name: 'Siti', committed: 0, known: 0, parked: new Map(), refused: new Map() }
    const altered = text.replaceAll('Budi Contoh', 'Budi Palsu')
    expect(await reports(altered)).toEqual([{ ...none, refused: new Map([['altered', 2]]) }])
    const stranger = text.replaceAll(dev, 'D'.repeat(22))
    const unknown = { ...none, dev: 'D'.repeat(22), name: undefined }
    expect(await reports(stranger)).toEqual([{ ...unknown, refused: new Map([['unknownDevice', 2]]) }])
    const now = Date.now()
    const grant = { space, subject: `device:${dev}` as const, role: 'facilitator' as const, createdAt: now }
    await store.putGrant({ ...grant, revokedAt: now - 31 * 86_400_000 })
    expect(await reports(text)).toEqual([{ ...none, refused: new Map([['notInEvent', 2]]) }])
    await store.putGrant({ ...grant, revokedAt: now })
    expect(await reports(text)).toEqual([{ ...none, parked: new Map([['notAllowed', 2]]) }])
    expect(await store.countParked(space)).toBe(2)
    await store.putGrant({ ...grant, revokedAt: null })
    expect(await reports(text)).toEqual([{ ...none, committed: 2 }])
    expect(await store.countParked(space)).toBe(0)
    await store.close()
  })
})

describe('npm run rescue', () => {
  test('says what is wrong with a file, and takes nothing', async () => {
    const place = temporaryFolder()
    const store = await openTestStore(place)
    const { text, space } = await makeRescue(store)
    const parts = { store, now: Date.now }
    const before = await store.findSpace(space)
    const kinds = async (file: string) => {
      const done = await importRescue(parts, file)
      return done.ok ? 'taken' : done.failure.kind
    }
    expect(await kinds(text.slice(0, -9))).toBe('damaged')
    expect(await kinds('No;Nama')).toBe('foreign')
    expect(await kinds(text.replace('"v":1', '"v":9'))).toBe('newer')
    expect(await store.findSpace(space)).toEqual(before)
    const other = await openTestStore()
    const elsewhere = await importRescue({ store: other, now: Date.now }, text)
    expect(elsewhere).toEqual({ ok: false, failure: { kind: 'otherServer' } })
    expect(await other.listSpaces()).toEqual([])
    await Promise.all([store.close(), other.close()])
  })

  test('blames a damaged database, not the file', async () => {
    const place = temporaryFolder()
    await (await openTestStore(place)).close()
    writeFileSync(join(place, 'hadir.db'), 'x'.repeat(8192))
    const path = join(temporaryFolder(), 'hadir-penyelamat.json')
    writeFileSync(path, '{}')
    const broken = await runCommand({ HADIR_DATA: place }, path)
    expect(broken).toEqual({ code: 1, said: expect.stringMatching(/the database in the data folder is damaged/) })
  })

  test('needs a database that is there, and no restore at work', async () => {
    const path = join(temporaryFolder(), 'hadir-penyelamat.json')
    writeFileSync(path, '{}')
    const empty = await runCommand({ HADIR_DATA: temporaryFolder() }, path)
    expect(empty).toEqual({ code: 1, said: expect.stringContaining('there is no database in') })
    const place = temporaryFolder()
    const store = await openTestStore(place)
    const beside = holdFolder(place, 'beside')
    const busy = await runCommand({ HADIR_DATA: place }, path)
    expect(busy).toEqual({ code: 1, said: expect.stringContaining('a restore or another import is at work') })
    await store.close()
    expect(await restoreSqlite(place, join(place, 'hadir.db'), { newEpoch: newId, now: 1 })).toMatchObject({
      failure: { kind: 'inUse' },
    })
    if (beside.ok) beside.value.close()
  })
})
