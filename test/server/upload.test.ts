import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { newId } from '../../src/server/auth/keys.ts'
import { chunkBytes, openFileSite, said } from '../support/fileSite.ts'
import {
  begin,
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
import { makeServer, openTestContent } from '../support/server.ts'

describe('an upload', () => {
  const content = makeVideo(2 * chunkBytes + 1000)
  const hash = hashOf(content)

  test('that a restored database knows whole, and the disk no more, begins anew', async () => {
    const { server, team, space } = await openFileSite()
    const place = { space, hash, sizeBytes: content.length, type: 'video/mp4', dev: newId() }
    await server.deps.store.beginUpload({ ...place, received: content.length, verified: false, touchedAt: 1 })
    expect(await said(begin(team, space, content))).toEqual([404, 'notFound'])
    expect(await said(begin(team, space, content))).toEqual({ offset: 0, complete: false })
  })

  test('goes on where the server stands, whatever was lost, and is whole in the end', async () => {
    const { team, space } = await openFileSite()
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
    const { folder, server, team, space } = await openFileSite()
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
    const { team, write, space, joinAs, read } = await openFileSite()
    const other = await joinAs('facilitator')
    const answers = await Promise.all([sendWhole(team, space, content), sendWhole(other, space, content)])
    for (const answer of answers) expect(await said(answer)).toEqual({ offset: content.length, complete: true })
    await write(space, [naming('m', hash)])
    expect(hashOf(new Uint8Array(await (await read(other, hash)).arrayBuffer()))).toBe(hash)
  })

  test('that has other bytes than its hash is thrown away, and begins anew', async () => {
    const { team, space } = await openFileSite()
    const wrong = content.slice()
    wrong[content.length - 1] = (wrong[content.length - 1] ?? 0) ^ 1
    expect(await said(sendWhole(team, space, wrong, { hash }))).toEqual([422, 'hashMismatch'])
    expect(await said(begin(team, space, content))).toEqual({ offset: 0, complete: false })
    expect(await said(sendWhole(team, space, content))).toEqual({ offset: content.length, complete: true })
  })

  test('begins anew where the disk has less than was noted', async () => {
    const { team, space, partOf } = await openFileSite()
    await begin(team, space, content)
    await sendChunk(team, space, hash, 0, content.subarray(0, chunkBytes))
    rmSync(partOf(hash))
    expect(await said(begin(team, space, content))).toEqual({ offset: 0, complete: false })
    expect(await said(sendWhole(team, space, content))).toEqual({ offset: content.length, complete: true })
  })

  test('stops on a full disk with what was acknowledged, and goes on when there is room', async () => {
    const { folder, team, space, partOf } = await openFileSite()
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
    const { folder, server, team, space } = await openFileSite()
    const files = { ...server.deps.files, freeBytes: async () => 268_435_456 + content.length - 1 }
    const full = await makeServer(server.deps.store, undefined, 0, { ...(await openTestContent(folder)), files })
    const browser = full.openBrowser()
    for (const [name, value] of team.cookies) browser.cookies.set(name, value)
    expect(await said(begin(browser, space, content))).toEqual([507, 'storageFull'])
  })

  test('is taken of the team alone, and in pieces that the rules allow', async () => {
    const { team, space, joinAs, attend } = await openFileSite()
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
    const { server, team, space } = await openFileSite()
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
    const { team, space } = await openFileSite()
    for (const [name, content, type] of honest) {
      const whole = { offset: content.length, complete: true }
      expect(await said(sendWhole(team, space, content, { type })), name).toEqual(whole)
    }
  })

  test('nothing, too much, and what no material may be are refused before a byte is sent', async () => {
    const { team, space } = await openFileSite()
    expect(await said(begin(team, space, new Uint8Array(0)))).toEqual([415, 'badFile'])
    expect(await said(begin(team, space, svg, { type: 'image/svg+xml' }))).toEqual([415, 'badFile'])
    const claim = (sizeBytes: number) => team.post(filesUrl(space), { hash: hashOf(svg), sizeBytes, type: 'video/mp4' })
    expect(await said(claim(8_388_609))).toEqual([413, 'tooLarge'])
    expect(await said(claim(8_388_608))).toEqual({ offset: 0, complete: false })
  })

  test('an event and a device have bounds, which a removed file gives back', async () => {
    const { server, team, space, newSpace, joinAs } = await openFileSite()
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
    const { server, team, space, newSpace, joinAs } = await openFileSite()
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
    const { server, team, space, newSpace } = await openFileSite()
    await sendWhole(team, space, content)
    const second = await newSpace()
    expect(await said(begin(team, second, content, { type: 'image/png' }))).toEqual({
      offset: content.length,
      complete: true,
    })
    expect((await server.deps.store.findFile(second, hash))?.type).toBe('video/mp4')
  })
})
