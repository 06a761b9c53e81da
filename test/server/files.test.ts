import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { setSession } from '../../src/core/event.ts'
import { namedFiles } from '../../src/core/material.ts'
import { newId } from '../../src/server/auth/keys.ts'
import { openDisk } from '../../src/server/files/disk.ts'
import { sweepFiles } from '../../src/server/files/sweep.ts'
import {
  anEvent,
  begin,
  createWriter,
  docxType,
  filesUrl,
  hashOf,
  makeOffice,
  makePdf,
  makeVideo,
  naming,
  sendChunk,
  sendWhole,
} from '../support/files.ts'
import {
  type Browser,
  enrol,
  makeServer,
  openOrganizer,
  openTestContent,
  type TestServer,
  temporaryFolder,
} from '../support/server.ts'

const chunkBytes = 524_288
const dayMs = 86_400_000
let folder: string
let server: TestServer
let team: Browser
let write: ReturnType<typeof createWriter>
let space: string

beforeEach(async () => {
  folder = temporaryFolder()
  server = await makeServer(undefined, undefined, 0, await openTestContent(folder))
  const { browser, device } = await openOrganizer(server)
  team = browser
  write = createWriter(browser, device)
  space = await newSpace()
})

async function newSpace(): Promise<string> {
  const id = newId()
  await write(id, [anEvent(id)])
  return id
}

async function joinAs(role: 'facilitator' | 'viewer', to = space): Promise<Browser> {
  const browser = server.openBrowser()
  const invited = await team.post(`/api/v1/spaces/${to}/invites`, { role })
  await enrol(browser, (await invited.json()).code)
  return browser
}

async function attend(): Promise<Browser> {
  const browser = server.openBrowser()
  const gate = await team.post(`/api/v1/spaces/${space}/gate`, { open: newId(), close: null })
  await enrol(browser, (await gate.json()).code)
  return browser
}

const said = async (answer: Promise<Response> | Response) => {
  const response = await answer
  return response.ok ? response.json() : [response.status, (await response.json()).kind]
}
const partOf = (hash: string) => join(folder, 'blobs/parts', `${space}.${hash}`)
const read = (browser: Browser, hash: string, headers = {}) => browser.send(`${filesUrl(space)}/${hash}`, { headers })
async function statusOf(browser: Browser, hash: string): Promise<number> {
  const { status, body } = await read(browser, hash)
  await body?.cancel()
  return status
}

describe('an upload', () => {
  const content = makeVideo(2 * chunkBytes + 1000)
  const hash = hashOf(content)

  test('that a restored database knows whole, and the disk no more, begins anew', async () => {
    const place = { space, hash, sizeBytes: content.length, type: 'video/mp4', dev: newId() }
    await server.deps.store.beginUpload({ ...place, received: content.length, verified: false, touchedAt: 1 })
    expect(await said(begin(team, space, content))).toEqual([404, 'notFound'])
    expect(await said(begin(team, space, content))).toEqual({ offset: 0, complete: false })
  })

  test('goes on where the server stands, whatever was lost, and is whole in the end', async () => {
    expect(await said(begin(team, space, content))).toEqual({ offset: 0, complete: false })
    const first = () => sendChunk(team, space, hash, 0, content.subarray(0, chunkBytes))
    expect(await said(first())).toEqual({ offset: chunkBytes, complete: false })
    expect(await said(first())).toEqual({ offset: chunkBytes, complete: false })
    const other = sendChunk(team, space, hash, 0, new Uint8Array(chunkBytes))
    expect(await said(other)).toEqual({ offset: chunkBytes, complete: false })
    const ahead = sendChunk(team, space, hash, 2 * chunkBytes, content.subarray(2 * chunkBytes))
    expect(await said(ahead)).toEqual({ offset: chunkBytes, complete: false })
    expect(await said(begin(team, space, content))).toEqual({ offset: chunkBytes, complete: false })
    expect(await said(sendWhole(team, space, content))).toEqual({ offset: content.length, complete: true })
    expect(await said(sendChunk(team, space, hash, 0, content.subarray(0, 9)))).toEqual({
      offset: content.length,
      complete: true,
    })
  })

  test('goes on after the server was started again, also between moving the file and noting it', async () => {
    await begin(team, space, content)
    await sendChunk(team, space, hash, 0, content.subarray(0, chunkBytes))
    const { store } = server.deps
    const dying = { ...store, putFile: () => Promise.reject(new Error('killed')) }
    const again = await makeServer(dying, undefined, 0, await openTestContent(folder))
    const browser = again.openBrowser()
    for (const [name, value] of team.cookies) browser.cookies.set(name, value)
    expect(await said(begin(browser, space, content))).toEqual({ offset: chunkBytes, complete: false })
    expect(await said(sendWhole(browser, space, content))).toEqual([500, 'serverError'])
    expect(await server.deps.files.sizeOf(hash)).toBe(content.length)
    expect(await said(begin(team, space, content))).toEqual({ offset: content.length, complete: true })
  })

  test('of two devices at once is one: each goes on with what the other has sent', async () => {
    const other = await joinAs('facilitator')
    const answers = await Promise.all([sendWhole(team, space, content), sendWhole(other, space, content)])
    for (const answer of answers) expect(await said(answer)).toEqual({ offset: content.length, complete: true })
    await write(space, [naming('m', hash)])
    expect(hashOf(new Uint8Array(await (await read(other, hash)).arrayBuffer()))).toBe(hash)
  })

  test('that has other bytes than its hash is thrown away, and begins anew', async () => {
    const wrong = content.slice()
    wrong[content.length - 1] = (wrong[content.length - 1] ?? 0) ^ 1
    expect(await said(sendWhole(team, space, wrong, { hash }))).toEqual([422, 'hashMismatch'])
    expect(await said(begin(team, space, content))).toEqual({ offset: 0, complete: false })
    expect(await said(sendWhole(team, space, content))).toEqual({ offset: content.length, complete: true })
  })

  test('begins anew where the disk has less than was noted', async () => {
    await begin(team, space, content)
    await sendChunk(team, space, hash, 0, content.subarray(0, chunkBytes))
    rmSync(partOf(hash))
    expect(await said(begin(team, space, content))).toEqual({ offset: 0, complete: false })
    expect(await said(sendWhole(team, space, content))).toEqual({ offset: content.length, complete: true })
  })

  test('stops on a full disk with what was acknowledged, and goes on when there is room', async () => {
    await begin(team, space, content)
    mkdirSync(join(folder, 'blobs/parts'), { recursive: true })
    symlinkSync('/dev/full', partOf(hash))
    const first = () => sendChunk(team, space, hash, 0, content.subarray(0, chunkBytes))
    expect(await said(first())).toEqual([507, 'storageFull'])
    rmSync(partOf(hash))
    expect(await said(begin(team, space, content))).toEqual({ offset: 0, complete: false })
    expect(await said(first())).toEqual({ offset: chunkBytes, complete: false })
  })

  test('is refused before it begins when it would leave no room for records', async () => {
    const files = { ...server.deps.files, freeBytes: async () => 268_435_456 + content.length - 1 }
    const full = await makeServer(server.deps.store, undefined, 0, { ...(await openTestContent(folder)), files })
    const browser = full.openBrowser()
    for (const [name, value] of team.cookies) browser.cookies.set(name, value)
    expect(await said(begin(browser, space, content))).toEqual([507, 'storageFull'])
  })

  test('is taken of the team alone, and in pieces that the rules allow', async () => {
    for (const browser of [await joinAs('viewer'), await attend()]) {
      expect(await said(begin(browser, space, content))).toEqual([403, 'forbidden'])
      expect(await said(sendChunk(browser, space, hash, 0, content.subarray(0, 9)))).toEqual([403, 'forbidden'])
    }
    expect(await said(sendChunk(team, space, hash, 0, content.subarray(0, 9)))).toEqual([404, 'notFound'])
    await begin(team, space, content)
    expect(await said(sendChunk(team, space, hash, 0, content.subarray(0, chunkBytes + 1)))).toEqual([413, 'tooLarge'])
    expect(await said(sendChunk(team, space, hash, 0, new Uint8Array(0)))).toEqual([400, 'badRequest'])
    for (const bad of ['..%2f..%2fhadir.db', `${hash}x`, '%00', '.'])
      expect((await sendChunk(team, space, bad, 0, content.subarray(0, 9))).status).toBe(404)
    const foreign = { method: 'PUT', headers: { 'Content-Type': 'text/plain' }, body: 'x' }
    expect((await team.send(`${filesUrl(space)}/${hash}?offset=0`, foreign)).status).toBe(400)
    expect(await said(begin(team, space, content))).toEqual({ offset: 0, complete: false })
  })
})

describe('what a file may be', () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  const macros = makeOffice('wordprocessingml.document.main+xml', {
    'a.xml': Buffer.from('x'),
    '[Content_Types].xml': Buffer.from(
      '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
    ),
  })
  const lying: [string, Uint8Array, string][] = [
    ['an SVG that calls itself a picture', svg, 'image/png'],
    ['HTML that calls itself PDF', Buffer.from('<html>%PDF-1.7<script>alert(1)</script>'), 'application/pdf'],
    ['a program that calls itself a video', Buffer.from('MZ\x90\0 this program cannot be run'), 'video/mp4'],
    ['a PDF that calls itself a picture', makePdf(), 'image/jpeg'],
    ['a sheet that calls itself a text', makeOffice('spreadsheetml.sheet.main+xml'), docxType],
    ['a text with macros', macros, docxType],
    ['a zip of anything', Buffer.from('PK\x03\x04 and no directory'), docxType],
    ['UTF-16 that looks like MP3', Buffer.from('\ufeff<html>', 'utf16le'), 'audio/mpeg'],
  ]
  test('what it is not by its own bytes is refused and leaves nothing', async () => {
    for (const [name, content, type] of lying) {
      expect(await said(sendWhole(team, space, content, { type })), name).toEqual([415, 'badFile'])
      expect(await server.deps.store.findUpload(space, hashOf(content))).toBeUndefined()
      expect(await server.deps.files.listParts()).toEqual([])
    }
  })

  const png = Buffer.from('89504e470d0a1a0a0000', 'hex')
  const honest: [string, Uint8Array, string][] = [
    ['a PDF, also one with a program in it', makePdf('/JavaScript (app.alert(1))'), 'application/pdf'],
    ['a text of Office', makeOffice(), docxType],
    ['a picture', png, 'image/png'],
    ['a video, also a broken one', makeVideo(100), 'video/mp4'],
    ['music with a tag', Buffer.from('ID3\x04\0\0'), 'audio/mpeg'],
    ['a wave', Buffer.from('RIFF\0\0\0\0WAVEfmt '), 'audio/wav'],
  ]
  test('what it is by its own bytes is taken', async () => {
    for (const [name, content, type] of honest) {
      const whole = { offset: content.length, complete: true }
      expect(await said(sendWhole(team, space, content, { type })), name).toEqual(whole)
    }
  })

  test('nothing, too much, and what no material may be are refused before a byte is sent', async () => {
    expect(await said(begin(team, space, new Uint8Array(0)))).toEqual([415, 'badFile'])
    expect(await said(begin(team, space, svg, { type: 'image/svg+xml' }))).toEqual([415, 'badFile'])
    const claim = (sizeBytes: number) => team.post(filesUrl(space), { hash: hashOf(svg), sizeBytes, type: 'video/mp4' })
    expect(await said(claim(8_388_609))).toEqual([413, 'tooLarge'])
    expect(await said(claim(8_388_608))).toEqual({ offset: 0, complete: false })
  })

  test('an event and a device have bounds, which a removed file gives back', async () => {
    const claim = (place: string, name: string, sizeBytes: number) =>
      team.post(filesUrl(place), { hash: hashOf(Buffer.from(name)), sizeBytes, type: 'video/mp4' })
    expect(await said(claim(space, 'a', 8_000_000))).toEqual({ offset: 0, complete: false })
    expect(await said(claim(space, 'b', 8_000_000))).toEqual({ offset: 0, complete: false })
    expect(await said(claim(space, 'c', 1_000_000))).toEqual([413, 'overQuota'])
    expect(await said(claim(await newSpace(), 'c', 1_000_000))).toEqual([413, 'overQuota'])
    const other = await joinAs('facilitator', await newSpace())
    expect(await said(claim(space, 'a', 8_000_000))).toEqual({ offset: 0, complete: false })
    await server.deps.store.dropUpload(space, hashOf(Buffer.from('b')))
    expect(await said(claim(space, 'c', 1_000_000))).toEqual({ offset: 0, complete: false })
    expect(other).toBeDefined()
  })
})

describe('content of another event', () => {
  const content = makeVideo(chunkBytes + 10)
  const hash = hashOf(content)

  test('is not told of: who does not read it there sends it whole, and it lies here once', async () => {
    await sendWhole(team, space, content)
    const second = await newSpace()
    const stranger = await joinAs('facilitator', second)
    expect(await said(begin(stranger, second, content))).toEqual({ offset: 0, complete: false })
    await sendChunk(stranger, second, hash, 0, content.subarray(0, chunkBytes))
    const guess = new Uint8Array(10)
    expect(await said(sendChunk(stranger, second, hash, chunkBytes, guess))).toEqual([422, 'hashMismatch'])
    expect(await server.deps.store.findFile(second, hash)).toBeUndefined()
    expect(await said(sendWhole(stranger, second, content))).toEqual({ offset: content.length, complete: true })
    expect(await server.deps.files.list()).toEqual([hash])
    expect(await server.deps.files.listParts()).toEqual([])
  })

  test('need not be sent again by who reads it there', async () => {
    await sendWhole(team, space, content)
    const second = await newSpace()
    expect(await said(begin(team, second, content, { type: 'image/png' }))).toEqual({
      offset: content.length,
      complete: true,
    })
    expect((await server.deps.store.findFile(second, hash))?.type).toBe('video/mp4')
  })
})

describe('reading', () => {
  const content = makeVideo(chunkBytes + 10)
  const hash = hashOf(content)

  test('needs a material that the caller may open now; a hash opens nothing', async () => {
    await sendWhole(team, space, content)
    const callers = {
      team,
      facilitator: await joinAs('facilitator'),
      viewer: await joinAs('viewer'),
      attendee: await attend(),
    }
    const statuses = async () =>
      Object.fromEntries(
        await Promise.all(Object.entries(callers).map(async ([who, one]) => [who, await statusOf(one, hash)])),
      )
    const [none, ofTeam, all] = [
      { team: 404, facilitator: 404, viewer: 404, attendee: 404 },
      { team: 200, facilitator: 200, viewer: 200, attendee: 404 },
      { team: 200, facilitator: 200, viewer: 200, attendee: 200 },
    ]
    expect(await statuses()).toEqual(none)
    await write(space, [naming('m', hash, { audience: 'team' })])
    expect(await statuses()).toEqual(ofTeam)
    const day = new Date(server.clock.now + dayMs).toISOString().slice(0, 10)
    await write(space, [
      setSession('s', { day, start: '08:00', end: '10:00' }),
      naming('m', hash, { from: 'afterSession', session: 's' }),
    ])
    expect(await statuses()).toEqual(ofTeam)
    server.clock.now += 2 * dayMs
    expect(await statuses()).toEqual(all)
    await write(space, [naming('m', hash, { deleted: true })])
    expect(await statuses()).toEqual(none)
  })

  test('is refused to who was never here, or is no more', async () => {
    await sendWhole(team, space, content)
    await write(space, [naming('m', hash)])
    const elsewhere = await joinAs('facilitator', await newSpace())
    expect(await statusOf(elsewhere, hash)).toBe(403)
    expect((await read(server.openBrowser(), hash)).status).toBe(401)
    const leaving = await joinAs('viewer')
    expect(await statusOf(leaving, hash)).toBe(200)
    for (const { device } of await server.deps.store.listMembers(space))
      for (const grant of await server.deps.store.findGrants([`device:${device.dev}`], space))
        await server.deps.store.putGrant({ ...grant, revokedAt: server.clock.now })
    expect(await statusOf(leaving, hash)).toBe(403)
  })

  test('an op may come before its file, and a file that is missing on the disk is asked for again', async () => {
    await write(space, [naming('m', hash)])
    expect(await statusOf(team, hash)).toBe(404)
    await sendWhole(team, space, content)
    expect(await statusOf(team, hash)).toBe(200)
    await server.deps.files.remove(hash)
    expect(await statusOf(team, hash)).toBe(404)
    expect(await said(begin(team, space, content))).toEqual({ offset: 0, complete: false })
    await sendWhole(team, space, content)
    expect(await statusOf(team, hash)).toBe(200)
  })

  const size = content.length
  const ranges: [string, number, string | null, number][] = [
    ['bytes=0-1', 206, `bytes 0-1/${size}`, 2],
    [`bytes=${size - 1}-`, 206, `bytes ${size - 1}-${size - 1}/${size}`, 1],
    ['bytes=-5', 206, `bytes ${size - 5}-${size - 1}/${size}`, 5],
    [`bytes=-${size + 9}`, 206, `bytes 0-${size - 1}/${size}`, size],
    [`bytes=10-${size + 9}`, 206, `bytes 10-${size - 1}/${size}`, size - 10],
    [`bytes=${size}-`, 416, `bytes */${size}`, 0],
    ['bytes=-0', 416, `bytes */${size}`, 0],
    ['bytes=5-2', 200, null, size],
    ['bytes=0-1,3-4', 200, null, size],
    [`bytes=${Array.from({ length: 500 }, () => '0-').join()}`, 200, null, size],
    ['lines=0-1', 200, null, size],
    ['bytes=99999999999999999999-', 200, null, size],
  ]
  test('of one range answers that range, of several or none the whole', async () => {
    await sendWhole(team, space, content)
    await write(space, [naming('m', hash)])
    for (const [range, status, place, length] of ranges) {
      const answer = await read(team, hash, { Range: range })
      const bytes = new Uint8Array(await answer.arrayBuffer())
      expect([answer.status, answer.headers.get('Content-Range'), bytes.length]).toEqual([status, place, length])
      const from = Number(/\d+/.exec(place ?? '0')?.[0] ?? 0)
      expect(hashOf(bytes)).toBe(hashOf(content.subarray(from, from + length)))
    }
  })

  test('is read also where its title was cut within an emoji', async () => {
    const pdf = makePdf()
    await sendWhole(team, space, pdf, { type: 'application/pdf' })
    await write(space, [naming('m', hashOf(pdf), { title: 'Foto \ud83d' })])
    const whole = await read(team, hashOf(pdf))
    await whole.body?.cancel()
    expect([whole.status, whole.headers.get('content-disposition')]).toEqual([
      ...[200, "attachment; filename*=UTF-8''Foto%20%EF%BF%BD.pdf"],
    ])
  })

  test('is kept by browsers, asked for by its hash, and cannot act in our origin', async () => {
    const pdf = makePdf('/OpenAction /JavaScript')
    await sendWhole(team, space, pdf, { type: 'application/pdf' })
    await write(space, [naming('m', hashOf(pdf), { title: 'Paparan "I" / 2; ü\r\nX: 1' })])
    const whole = await read(team, hashOf(pdf))
    await whole.body?.cancel()
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(pdf.length),
      'content-disposition': "attachment; filename*=UTF-8''Paparan%20%22I%22%20%2F%202%3B%20%C3%BC%0D%0AX%3A%201.pdf",
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=31536000, immutable, no-transform',
      'accept-ranges': 'bytes',
      etag: `"${hashOf(pdf)}"`,
    })
    expect((await read(team, hashOf(pdf), { 'If-None-Match': `"${hashOf(pdf)}"` })).status).toBe(304)
    const other = await read(team, hashOf(pdf), { Range: 'bytes=0-1', 'If-Range': '"another"' })
    expect([other.status, hashOf(new Uint8Array(await other.arrayBuffer()))]).toEqual([200, hashOf(pdf)])
    const head = await team.send(`${filesUrl(space)}/${hashOf(pdf)}`, { method: 'HEAD' })
    expect([head.status, head.headers.get('Content-Length'), await head.text()]).toEqual([200, String(pdf.length), ''])
  })
})

describe('what nobody needs', () => {
  const content = makeVideo(1000)
  const hash = hashOf(content)
  const sweep = () =>
    sweepFiles({
      store: server.deps.store,
      files: server.deps.files,
      namedIn: async (id) => {
        const folded = await server.deps.folded(id)
        return folded ? namedFiles(folded.space) : new Set()
      },
      now: server.clock.now,
    })
  const later = async (days: number) => {
    server.clock.now += days * dayMs
    await sweep()
  }

  test('is removed 30 days after the last material that named it, in any event', async () => {
    const second = await newSpace()
    await sendWhole(team, space, content)
    await begin(team, second, content)
    await write(space, [naming('m', hash)])
    await write(second, [naming('m', hash)])
    await later(100)
    await write(space, [naming('m', hash, { deleted: true })])
    await sweep()
    await later(29)
    expect(await server.deps.store.findFile(space, hash)).toBeDefined()
    await later(2)
    expect(await server.deps.store.findFile(space, hash)).toBeUndefined()
    expect(await server.deps.store.findFile(second, hash)).toBeDefined()
    expect(await server.deps.files.list()).toEqual([hash])
    await write(second, [naming('m', hash, { deleted: true })])
    await sweep()
    await later(31)
    expect(await server.deps.files.list()).toEqual([])
  })

  test('stays when the deletion is undone in time', async () => {
    await sendWhole(team, space, content)
    await write(space, [naming('m', hash, { deleted: true })])
    await sweep()
    await later(29)
    await write(space, [naming('m', hash, { deleted: false })])
    await sweep()
    await later(2)
    expect(await statusOf(team, hash)).toBe(200)
  })

  test('an upload that nobody goes on with is given up after a week', async () => {
    const large = makeVideo(2 * chunkBytes)
    await begin(team, space, large)
    await sendChunk(team, space, hashOf(large), 0, large.subarray(0, chunkBytes))
    await later(6)
    expect(await said(begin(team, space, large))).toEqual({ offset: chunkBytes, complete: false })
    await later(2)
    expect(await server.deps.files.listParts()).toEqual([])
    expect(await said(begin(team, space, large))).toEqual({ offset: 0, complete: false })
  })

  test('content that a restored database does not know waits 30 days for its ops', async () => {
    await sendWhole(team, space, content)
    await server.deps.store.dropFile(space, hash)
    await sweep()
    await later(29)
    expect(await server.deps.files.list()).toEqual([hash])
    expect(await statusOf(team, hash)).toBe(404)
    await later(2)
    expect(await server.deps.files.list()).toEqual([])
  })

  test('a part that no upload stands for, as after a restore, goes at once', async () => {
    const disk = await openDisk(join(folder, 'blobs'))
    await disk.writeChunk({ space, hash }, 0, content)
    await sweep()
    expect(await disk.listParts()).toEqual([])
  })
})
