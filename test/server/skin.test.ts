import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, test } from 'vitest'
import { pages } from '../../src/core/pages.ts'
import { newId } from '../../src/server/auth/keys.ts'
import { endpoints } from '../../src/server/endpoints.ts'
import {
  addressOf,
  makeDist,
  makeOps,
  makePush,
  makeServer,
  openOrganizer,
  organizer,
  startProcess,
  type TestServer,
  temporaryFolder,
} from '../support/server.ts'

let server: TestServer
beforeEach(async () => {
  server = await makeServer()
})
const navigate = (path: string) => server.openBrowser().send(path, { headers: { Accept: 'text/html' } })

describe('what every answer carries', () => {
  test('a strict policy: nothing from elsewhere, nothing inline, no frame around it', async () => {
    const { headers } = await navigate('/')
    const policy = new Map(
      headers
        .get('Content-Security-Policy')
        ?.split('; ')
        .map((rule) => rule.split(/ (.*)/) as [string, string]),
    )
    expect(policy.get('default-src')).toBe("'none'")
    expect([policy.get('base-uri'), policy.get('frame-ancestors')]).toEqual(["'none'", "'none'"])
    expect([...policy.values()].join(' ')).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|data:|\*/)
    expect(headers.get('Permissions-Policy')).toMatch(/camera=\(self\).*microphone=\(\)/)
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(headers.get('Referrer-Policy')).toBe('no-referrer')
    expect(headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin')
  })

  test('answers of the API are stored nowhere, sniffed by nobody, and for no other origin', async () => {
    const headers = { Origin: 'https://jahat.example', 'Access-Control-Request-Method': 'POST' }
    for (const init of [{}, { headers }, { method: 'OPTIONS', headers }]) {
      const answered = await server.openBrowser().send('/api/v1/health', init)
      expect(answered.headers.get('Cache-Control')).toBe('no-store')
      expect(answered.headers.get('X-Content-Type-Options')).toBe('nosniff')
      expect(answered.headers.get('Content-Security-Policy')).toBe("default-src 'none'; frame-ancestors 'none'")
      expect([...answered.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })

  test('the pages of the app and nothing else answer with the app', async () => {
    for (const page of pages) {
      const shell = await navigate(page.replace(/:\w+/g, newId()))
      expect([page, shell.status, shell.headers.get('Cache-Control')]).toEqual([page, 200, 'no-cache'])
      expect(await shell.text()).toContain('<title>Hadir')
    }
    for (const path of [
      '/acara/abc',
      '/admin',
      '/.env',
      '/kegiatan',
      '/tiada.js',
      '/api',
      '/metrics',
      '/m/a/b',
      '//masuk',
    ]) {
      const none = await navigate(path)
      expect([path, none.status]).toEqual([path, 404])
      expect(await none.text()).not.toContain('<title>')
    }
    expect((await server.openBrowser().get('/assets/a-1b2c.js')).headers.get('Cache-Control')).toContain('immutable')
  })
})

describe('https', () => {
  const signIn = (at: TestServer, headers: Record<string, string>) =>
    at.openBrowser().post('/api/v1/sign-in', { email: organizer.email, password: organizer.password }, headers)

  test('behind a proxy of ours cookies are bound to the host, and browsers are told to stay with https', async () => {
    server = await makeServer(undefined, undefined, 1)
    await openOrganizer(server)
    const plain = await signIn(server, {})
    expect(plain.headers.get('Set-Cookie')).toMatch(/^hadir_session=.*HttpOnly.*SameSite=Lax/)
    expect(plain.headers.get('Strict-Transport-Security')).toBeNull()
    const secure = await signIn(server, { 'X-Forwarded-Proto': 'https' })
    expect(secure.headers.get('Set-Cookie')).toMatch(/^__Host-hadir_session=.*HttpOnly.*Secure.*SameSite=Lax/)
    expect(secure.headers.get('Strict-Transport-Security')).toBe('max-age=31536000')
  })

  test('without a proxy nobody is believed who says that it was https', async () => {
    await openOrganizer(server)
    const { headers } = await signIn(server, { 'X-Forwarded-Proto': 'https' })
    expect(headers.get('Set-Cookie')).toMatch(/^hadir_session=/)
    expect(headers.get('Strict-Transport-Security')).toBeNull()
  })
})

describe('a body', () => {
  test('is read only as far as its endpoint allows, also unzipped, and before anything else is done with it', async () => {
    const { browser, device } = await openOrganizer(server)
    const space = newId()
    await browser.post(`/api/v1/spaces/${space}/push`, makePush(device, space, makeOps(1)).request)
    const bomb = gzipSync(Buffer.alloc(64_000_000, ' '))
    const open = endpoints.filter(({ request }) => request !== undefined && request !== 'bytes')
    for (const { method, path } of open) {
      const address = `/api/v1${path.replace(':space', space).replace(/:\w+/g, newId())}`
      const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }
      const response = await browser.send(address, { method, headers, body: bomb })
      expect([path, response.status]).toEqual([path, 413])
    }
  })
})

describe('on the disk', () => {
  test('all that the server makes is its own user`s alone', async () => {
    const HADIR_DATA = join(temporaryFolder(), 'new', 'data')
    const started = startProcess({ HADIR_DATA, HADIR_DIST: makeDist() }, ['--demo'])
    await addressOf(started)
    const files = readdirSync(HADIR_DATA, { recursive: true }).map(String)
    const modes = files.map((name) => [name, statSync(join(HADIR_DATA, name)).mode & 0o077])
    started.process.kill('SIGTERM')
    await started.ended
    expect(modes.length).toBeGreaterThan(1)
    expect([statSync(HADIR_DATA).mode & 0o777, modes.filter(([, others]) => others !== 0)]).toEqual([0o700, []])
  })
})

describe('figures for Prometheus', () => {
  test('are on a port of their own, tell of endpoints and not of people, and are off unless asked for', async () => {
    const HADIR_DATA = temporaryFolder()
    const started = startProcess({ HADIR_DATA, HADIR_DIST: makeDist(), HADIR_METRICS_PORT: '0', LOG_LEVEL: 'info' })
    const url = await addressOf(started)
    const id = newId()
    await fetch(`${url}/api/v1/spaces/${id}/pull`)
    expect((await fetch(`${url}/metrics`)).status).toBe(404)
    const port = /"metrics":(\d+)/.exec(started.output())?.[1]
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    started.process.kill('SIGTERM')
    await started.ended
    expect(text).toContain('hadir_call_seconds_count{call="GET /spaces/:space/pull",status="4xx"} 1')
    expect(text).toContain('process_resident_memory_bytes')
    expect(text).not.toContain(id)
  })
})
