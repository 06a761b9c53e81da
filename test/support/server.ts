import { type ChildProcess, spawn } from 'node:child_process'
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { toBase64Url } from '../../src/core/bytes.ts'
import { type Change, chainStart, encodeBody, type Op, sealLink } from '../../src/core/op.ts'
import { enrolMessage } from '../../src/protocol/enrol.ts'
import { createApp } from '../../src/server/app.ts'
import { deviceId, newId } from '../../src/server/auth/keys.ts'
import { openDisk } from '../../src/server/files/disk.ts'
import { createLive, type LiveTimes } from '../../src/server/live.ts'
import type { Content } from '../../src/server/openContent.ts'
import type { Deps } from '../../src/server/routes/deps.ts'
import { createDeps, type Reached } from '../../src/server/start.ts'
import { openSqlite } from '../../src/server/store/sqlite.ts'
import type { Batch, Store } from '../../src/server/store/store.ts'

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'hadir-'))
}

/** A key as a browser has one, and what is sealed with it. */
export type TestDevice = { dev: string; point: string; seal(link: Uint8Array): string }

export function makeDevice(): TestDevice {
  const { publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  const text = point.toString('base64url')
  return {
    dev: deviceId(text),
    point: text,
    seal: (link) => sign('sha256', link, { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url'),
  }
}

export function makeBody(
  changes: Change[] = [{ type: 'add', kind: 'attendance', fields: { p: 'a', s: 'b', m: 'own' } }],
): string {
  return encodeBody(newId().slice(0, 11), changes)
}

/** The numbers, times and bodies of some ops: `[n, wall, at, body]` as on the wire. */
export type WireOp = [number, number, number, string]

export function makeOps(count: number, from = 1, at = 1000): WireOp[] {
  return Array.from({ length: count }, (_, index): WireOp => [from + index, at, at, makeBody()])
}

/** A push as the client makes it. */
export function makePush(device: TestDevice, space: string, ops: WireOp[], previous: Uint8Array = chainStart) {
  const { linked, last } = linkOps(device, space, ops, previous)
  const request = { v: 1, dev: device.dev, previous: toBase64Url(previous), signature: device.seal(last), ops }
  return { request, linked, last }
}

function linkOps(device: TestDevice, space: string, ops: WireOp[], previous: Uint8Array) {
  let last = previous
  const linked = ops.map(([n, wall, at, body]) => {
    const op: Op = { v: 1, space, dev: device.dev, n, wall, at, body }
    last = sealLink(last, op)
    return { op, link: toBase64Url(last) }
  })
  return { linked, last }
}

/** The same for the store itself. */
export function makeBatch(device: TestDevice, space: string, ops: WireOp[], receivedAt = 5000): Batch {
  const { request, linked } = makePush(device, space, ops)
  return {
    dev: device.dev,
    receivedAt,
    previous: request.previous,
    signature: request.signature,
    ops: linked.map((offered) => ({ ...offered, verdict: 'commit' })),
  }
}

/** A folder as the build leaves it, small. */
export function makeDist(): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Hadir</title>')
  writeFileSync(join(folder, 'sw.js'), '/* worker */')
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'assets/a-1b2c.js'), '/* chunk */')
  return folder
}

/** A file store on the disk with the limits of a small server. */
export async function openTestContent(folder = temporaryFolder(), open = openDisk): Promise<Content> {
  const files = await open(join(folder, 'blobs'))
  return { files, limits: { fileBytes: 8_388_608, spaceBytes: 16_777_216, deviceBytes: 16_777_216 } }
}

export async function openTestStore(folder = temporaryFolder()): Promise<Store> {
  const opened = await openSqlite(folder)
  if (!opened.ok) throw new Error(`no store: ${opened.failure.detail}`)
  return opened.value
}

/** One browser: it keeps its cookies between calls. */
export type Browser = {
  get(path: string): Promise<Response>
  post(path: string, message: unknown, headers?: Record<string, string>): Promise<Response>
  send(path: string, init: RequestInit): Promise<Response>
  cookies: Map<string, string>
}

export type TestServer = {
  app: ReturnType<typeof createApp>
  deps: Deps
  clock: { now: number }
  openBrowser(): Browser
}

/** A browser whose calls go this way. */
export function browserOf(call: (path: string, init: RequestInit) => Promise<Response>): Browser {
  const cookies = new Map<string, string>()
  const send = async (path: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers)
    if (cookies.size > 0) headers.set('Cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const response = await call(path, { ...init, headers })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (value) cookies.set(name, value)
      else cookies.delete(name)
    }
    return response
  }
  return {
    cookies,
    send,
    get: (path) => send(path, {}),
    post: (path, message, headers = {}) =>
      send(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify(message),
      }),
  }
}

/** The whole app on a real store, without a socket. The clock stands still until a test moves it. */
export async function makeServer(
  given?: Store,
  liveTimes?: LiveTimes,
  proxies = 0,
  content?: Content,
  reached?: Reached,
): Promise<TestServer> {
  const clock = { now: Date.now() }
  const store = given ?? (await openTestStore())
  const made = await createDeps(store, proxies, content ?? (await openTestContent()), reached)
  const deps = { ...made, live: createLive(store, liveTimes), now: () => clock.now }
  const app = createApp(deps, { distFolder: makeDist(), publicUrl: undefined, proxies, log: pino({ level: 'silent' }) })
  const openBrowser = () => browserOf(async (path, init) => app.request(path, init))
  return { app, deps, clock, openBrowser }
}

export const organizer = { name: 'Organisator Uji', email: 'uji@contoh.go.id', password: 'kata-sandi-panjang' }

/** Enrols a browser, under a new key or this one. */
export async function enrol(browser: Browser, code?: string, device = makeDevice()): Promise<TestDevice> {
  const response = await browser.post('/api/v1/enrol', {
    publicKey: device.point,
    proof: device.seal(enrolMessage(device.point)),
    name: 'Ponsel',
    holder: 'Uji',
    code,
  })
  if (!response.ok) throw new Error(`not enrolled: ${await response.text()}`)
  return device
}

/** The first organizer's browser, enrolled. */
export async function openOrganizer(server: TestServer): Promise<{ browser: Browser; device: TestDevice }> {
  const browser = server.openBrowser()
  const token = server.deps.setup.issue(server.clock.now)
  const response = await browser.post('/api/v1/setup', { token, ...organizer })
  if (!response.ok) throw new Error(`not set up: ${await response.text()}`)
  return { browser, device: await enrol(browser) }
}

export type ServerProcess = { process: ChildProcess; output(): string; ended: Promise<number | null> }

/** The server as its users start it, with the app of `dist/` or of the folder that HADIR_DIST names. */
export function startProcess(
  environment: Record<string, string>,
  args: string[] = [],
  program = 'src/server/main.ts',
): ServerProcess {
  const { PATH, HADIR_DIST } = process.env
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH, ...(HADIR_DIST && { HADIR_DIST }), HADIR_HOST: '127.0.0.1', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part: Buffer) => {
      output += part.toString()
    })
  }
  return { process: child, output: () => output, ended: new Promise((resolve) => child.once('close', resolve)) }
}

/** The address that a server printed, or what it said instead. */
export async function addressOf({ process: child, output, ended }: ServerProcess): Promise<string> {
  const listening = () => /listens on (\S+)/.exec(output())?.[1]
  const printed = new Promise<void>((resolve) => {
    const look = () => {
      if (listening()) resolve()
    }
    child.stdout?.on('data', look)
    look()
  })
  await Promise.race([printed, ended])
  const url = listening()
  if (!url) throw new Error(output())
  return url.replace('localhost', '127.0.0.1')
}
