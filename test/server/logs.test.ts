import { join } from 'node:path'
import { Writable } from 'node:stream'
import Sqlite from 'better-sqlite3'
import { sql } from 'kysely'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createApp } from '../../src/server/app.ts'
import { newId } from '../../src/server/auth/keys.ts'
import { databaseName } from '../../src/server/store/folder.ts'
import {
  addressOf,
  type Browser,
  browserOf,
  enrol,
  makeDist,
  makeOps,
  makePush,
  makeServer,
  openOrganizer,
  organizer,
  startProcess,
  temporaryFolder,
} from '../support/server.ts'

const member = { name: 'Sari Umpama', email: 'sari.umpama@contoh.example', password: 'sebuah kalimat sandi' }

async function postFor<T>(browser: Browser, path: string, message: object): Promise<T> {
  const response = await browser.post(`/api/v1${path}`, message)
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
  return response.json()
}

test('nothing that a server prints holds a secret: but for the link that sets it up, which then is worth nothing', async () => {
  const folder = temporaryFolder()
  const server = startProcess({ HADIR_DIST: makeDist(), HADIR_DATA: folder, LOG_LEVEL: 'debug' })
  try {
    const address = await addressOf(server)
    const token = /siapkan#(\S+)/.exec(server.output())?.[1] ?? ''
    const openBrowser = () => browserOf((path, init) => fetch(`${address}${path}`, init))
    const [office, phone, stranger] = [openBrowser(), openBrowser(), openBrowser()]
    await postFor(office, '/setup', { token, ...organizer })
    const device = await enrol(office)
    const space = newId()
    await postFor(office, `/spaces/${space}/push`, makePush(device, space, makeOps(1)).request)
    const { code: invitation } = await postFor<{ code: string }>(office, `/spaces/${space}/invites`, {
      role: 'facilitator',
    })
    const { code: gate } = await postFor<{ code: string }>(office, `/spaces/${space}/gate`, {
      open: newId(),
      close: null,
    })
    await enrol(phone, invitation)
    await postFor(phone, `/spaces/${space}/account`, member)
    await enrol(stranger, gate)
    const { code: reset } = await postFor<{ code: string }>(office, '/reset-codes', { email: member.email })
    const next = 'kalimat sandi yang berikut'
    const cookies = [office, phone, stranger].flatMap((browser) => [...browser.cookies.values()])
    await postFor(openBrowser(), '/reset', { email: member.email, code: reset, password: next })
    const wrong = { email: member.email, password: 'tebakan orang lain' }
    expect((await openBrowser().post('/api/v1/sign-in', wrong)).status).toBe(401)
    expect((await openBrowser().post('/api/v1/setup', { token, ...organizer })).ok).toBe(false)

    const file = new Sqlite(join(folder, databaseName), { readonly: true })
    const kept = file.prepare<[], string>('select value from secrets').pluck().all()
    const hashes = file.prepare<[], string>('select credential from devices').pluck().all()
    file.close()
    expect(kept.length).toBeGreaterThanOrEqual(5)
    expect(cookies.length).toBeGreaterThanOrEqual(4)
    server.process.kill('SIGTERM')
    await server.ended
    const lines = server.output().split('\n')
    expect(lines.filter((line) => line.includes(token))).toEqual([expect.stringMatching(/^Set up the first organizer/)])
    const printed = lines.filter((line) => !line.includes(token)).join('\n')
    expect(printed.match(/"call"/g)?.length).toBeGreaterThan(10)
    const passwords = [organizer.password, member.password, next, wrong.password]
    const people = [organizer.name, organizer.email, member.name, member.email]
    const secrets = [...kept, ...hashes, ...cookies, ...passwords, ...people]
    for (const secret of secrets) expect(printed).not.toContain(secret)
    const letters = printed.toUpperCase().replace(/[^A-Z0-9\n]/g, '')
    for (const code of [invitation, gate, reset]) expect(letters).not.toContain(code.replaceAll('-', ''))
  } finally {
    server.process.kill('SIGKILL')
  }
})

test('a call that fails is logged by what sort of error it was and where, never by what the error says', async () => {
  const server = await makeServer()
  const { deps } = server
  const printed: string[] = []
  const log = pino(
    { level: 'trace' },
    new Writable({ write: (part, _, done) => done(void printed.push(String(part))) }),
  )
  const app = createApp(deps, { distFolder: makeDist(), publicUrl: undefined, proxies: 0, log })
  const browser = browserOf(async (path, init) => app.request(path, init))
  const { device } = await openOrganizer({ ...server, openBrowser: () => browser })
  await sql`create trigger refuse before insert on spaces begin select raise(abort, 'Siti Umpama, 0812-0000-0000'); end`.execute(
    deps.store.accounts.db,
  )
  printed.length = 0
  const space = newId()
  const push = makePush(device, space, makeOps(1)).request
  const failed = await browser.post(`/api/v1/spaces/${space}/push`, push)
  expect([failed.status, await failed.json()]).toEqual([500, { kind: 'serverError' }])
  const errors = printed.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'a call failed')
  expect(errors).toHaveLength(1)
  expect(Object.keys(errors[0]).sort()).toEqual(['at', 'code', 'hostname', 'level', 'msg', 'name', 'pid', 'time'])
  expect(errors[0].at.length).toBeGreaterThan(2)
  for (const frame of errors[0].at) expect(frame).toMatch(/^ +at /)
  expect(printed.join('')).not.toMatch(/Umpama|0812/)
})
