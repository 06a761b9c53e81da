import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { enrolMessage } from '../../src/protocol/enrol.ts'
import { newId } from '../../src/server/auth/keys.ts'
import {
  addressOf,
  makeDevice,
  makeDist,
  makeOps,
  makePush,
  openTestStore,
  organizer,
  type ServerProcess,
  startProcess,
  temporaryFolder,
} from '../support/server.ts'

const running: ServerProcess[] = []
let dist: string

beforeAll(() => {
  dist = makeDist()
})
afterEach(async () => {
  for (const { process: child, ended } of running.splice(0)) {
    child.kill('SIGKILL')
    await ended
  }
})

function run(environment: Record<string, string>, args?: string[]): ServerProcess {
  const started = startProcess({ HADIR_DIST: dist, LOG_LEVEL: 'error', ...environment }, args)
  running.push(started)
  return started
}

/** What a server that does not start says, and how it ends. */
async function refusalOf(environment: Record<string, string>, args?: string[]) {
  const { output, ended } = run(environment, args)
  const code = await ended
  return { code, lines: output().trim().split('\n') }
}

/** `npm run backup` or `npm run restore`. */
const command = (environment: Record<string, string>, ...args: string[]) =>
  promisify(execFile)(process.execPath, ['tools/backup.ts', ...args], { env: { ...process.env, ...environment } })

const noBucket = {
  HADIR_S3_ENDPOINT: 'http://127.0.0.1:1',
  HADIR_S3_BUCKET: 'materi',
  HADIR_S3_ACCESS_KEY: 'x',
  HADIR_S3_SECRET_KEY: 'x',
}

describe('a server that cannot start says why in one line', () => {
  const reasons: [string, () => Record<string, string>, RegExp][] = [
    [
      'a data folder that cannot be written',
      () => ({ HADIR_DATA: '/proc/hadir' }),
      /cannot write .*ENOENT.*HADIR_DATA/,
    ],
    ['no built app', () => ({ HADIR_DIST: temporaryFolder() }), /npm run build/],
    ['a database that does not answer', () => ({ DATABASE_URL: 'postgres://127.0.0.1:1/x' }), /DATABASE_URL/],
    ['half of a bucket', () => ({ HADIR_S3_BUCKET: 'materi' }), /HADIR_S3_ENDPOINT/],
    ['a bucket that does not answer', () => noBucket, /HADIR_S3_/],
    ['a wrong setting', () => ({ PORT: 'eighty' }), /PORT/],
  ]
  test.each(reasons)('%s', async (_, environment, message) => {
    const { code, lines } = await refusalOf({ HADIR_DATA: temporaryFolder(), ...environment() })
    expect([code, lines.length]).toEqual([1, 1])
    expect(lines[0]).toMatch(message)
  })

  test('a database with which a newer version has worked', async () => {
    const HADIR_DATA = temporaryFolder()
    const store = await openTestStore(HADIR_DATA)
    await sql`insert into kysely_migration values ('9999-later', '2027')`.execute(store.accounts.db)
    await store.close()
    const { code, lines } = await refusalOf({ HADIR_DATA })
    expect([code, lines]).toEqual([1, [expect.stringMatching(/a newer version .*9999-later.* Update Hadir/)]])
  })

  test('a damaged database, which a backup then replaces', async () => {
    const HADIR_DATA = temporaryFolder()
    const backup = join(temporaryFolder(), 'backup')
    await (await openTestStore(HADIR_DATA)).close()
    await command({ HADIR_DATA }, 'backup', backup)
    writeFileSync(join(HADIR_DATA, 'hadir.db'), 'x'.repeat(8192))
    const { code, lines } = await refusalOf({ HADIR_DATA })
    expect([code, lines]).toEqual([1, [expect.stringMatching(/damaged .*not a database.*npm run restore/)]])
    await command({ HADIR_DATA }, 'restore', backup)
    await addressOf(run({ HADIR_DATA }))
  })

  test('a data folder that is a file', async () => {
    const file = join(temporaryFolder(), 'data')
    writeFileSync(file, '')
    expect((await refusalOf({ HADIR_DATA: file })).lines).toEqual([expect.stringContaining('HADIR_DATA')])
  })

  test('a port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const address = other.address()
    const PORT = String(typeof address === 'object' && address ? address.port : 0)
    const { code, lines } = await refusalOf({ HADIR_DATA: temporaryFolder(), PORT })
    other.close()
    expect([code, lines]).toEqual([1, [expect.stringContaining(`port ${PORT} is in use`)]])
  })

  test('a data folder in use, until the other server is gone, killed or not', async () => {
    const HADIR_DATA = temporaryFolder()
    const first = run({ HADIR_DATA })
    await addressOf(first)
    expect(await refusalOf({ HADIR_DATA })).toEqual({
      code: 1,
      lines: [expect.stringContaining('another Hadir server')],
    })
    first.process.kill('SIGKILL')
    await first.ended
    expect(await addressOf(run({ HADIR_DATA }))).toMatch(/^http/)
  })
})

test('Ctrl-C stops it cleanly', async () => {
  const server = run({ HADIR_DATA: temporaryFolder() })
  await fetch(`${await addressOf(server)}/api/v1/health`)
  server.process.kill('SIGINT')
  expect(await server.ended).toBe(0)
})

test('--demo loads the sample event once', async () => {
  const HADIR_DATA = temporaryFolder()
  for (const _ of ['first', 'second']) {
    const server = run({ HADIR_DATA }, ['--demo'])
    await addressOf(server)
    server.process.kill('SIGTERM')
    expect(await server.ended).toBe(0)
  }
  const { client } = await signIn(run({ HADIR_DATA }))
  const { spaces } = await client('session')
  expect(spaces).toHaveLength(1)
  const page = await client(`spaces/${spaces[0].space}/pull`)
  expect(page).toMatchObject({ head: 2, after: 0 })
})

/** Sets up the first organizer of a fresh server and enrols a device. */
async function signIn(server: ServerProcess) {
  const address = await addressOf(server)
  const cookies: string[] = []
  const client = async (path: string, message?: unknown, url = address) => {
    const response = await fetch(`${url}/api/v1/${path}`, {
      method: message === undefined ? 'GET' : 'POST',
      headers: { 'Content-Type': 'application/json', Cookie: cookies.join('; ') },
      ...(message !== undefined && { body: JSON.stringify(message) }),
    })
    cookies.push(...response.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? ''))
    return response.json()
  }
  const token = /siapkan#(\S+)/.exec(server.output())?.[1]
  await client('setup', { token, ...organizer })
  const device = makeDevice()
  const proof = device.seal(enrolMessage(device.point))
  await client('enrol', { publicKey: device.point, proof, name: 'Laptop' })
  return { client, device, address, cookie: () => cookies.join('; ') }
}

test('[S5] a server that is killed while it takes pushes has lost nothing that it acknowledged', async () => {
  const HADIR_DATA = temporaryFolder()
  let server = run({ HADIR_DATA })
  const { client, device } = await signIn(server)
  const space = newId()
  const acknowledged = new Map<number, number>()
  let n = 1
  for (let round = 0; round < 4; round++) {
    const address = await addressOf(server)
    const killAfter = 5 + round * 5
    for (let pushed = 0; ; pushed++) {
      const ops = makeOps(5, n)
      n += ops.length
      const pushing = client(`spaces/${space}/push`, makePush(device, space, ops).request, address)
      if (pushed === killAfter) server.process.kill('SIGKILL')
      const answer = await pushing.catch(() => undefined)
      for (const result of answer?.results ?? []) acknowledged.set(result.n, result.seq)
      if (!answer) break
    }
    await server.ended
    server = run({ HADIR_DATA })
  }
  const page = await client(`spaces/${space}/pull`, undefined, await addressOf(server))
  const held = new Map(page.ops.map((op: [number, number, number], index: number) => [op[2], index + 1]))
  expect(acknowledged.size).toBeGreaterThan(200)
  for (const [op, seq] of acknowledged) expect(held.get(op)).toBe(seq)
})

test('[S12] a server that is told to stop ends the streams of hints', async () => {
  const server = run({ HADIR_DATA: temporaryFolder() }, ['--demo'])
  const { address, cookie } = await signIn(server)
  const stream = await fetch(`${address}/api/v1/events`, { headers: { Cookie: cookie() } })
  const reader = stream.body?.getReader()
  const first = await reader?.read()
  expect(new TextDecoder().decode(first?.value)).toMatch(/^data: \[\{"space"/)
  const ended = reader?.read()
  server.process.kill('SIGTERM')
  expect(await ended).toMatchObject({ done: true })
  expect(await server.ended).toBe(0)
})

test('a server that is put back to before its first organizer says how to make one', async () => {
  const settings = { HADIR_DATA: temporaryFolder() }
  const server = run(settings)
  const url = await addressOf(server)
  const links = () => server.output().match(/siapkan#\S+/g) ?? []
  const backup = join(temporaryFolder(), 'backup')
  await command(settings, 'backup', backup)
  const setUp = (link = '') =>
    fetch(`${url}/api/v1/setup`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: url },
      body: JSON.stringify({ token: link.replace('siapkan#', ''), ...organizer }),
    })
  expect((await setUp(links()[0])).status).toBe(200)
  await command(settings, 'restore', backup)
  await expect.poll(links).toHaveLength(2)
  expect((await setUp(links()[1])).status).toBe(200)
})
