import { describe, expect, test } from 'vitest'
import { setSession } from '../../src/core/event.ts'
import { chunkBytes, dayMs, openFileSite, said } from '../support/fileSite.ts'
import { begin, filesUrl, hashOf, makePdf, makeVideo, naming, sendWhole } from '../support/files.ts'

describe('reading', () => {
  const content = makeVideo(chunkBytes + 10)
  const hash = hashOf(content)

  test('needs a material that the caller may open now; a hash opens nothing', async () => {
    const { server, team, write, space, joinAs, attend, statusOf } = await openFileSite()
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
    const { server, team, write, space, newSpace, joinAs, read, statusOf } = await openFileSite()
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
    const { server, team, write, space, statusOf } = await openFileSite()
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
    const { team, write, space, read } = await openFileSite()
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
    const { team, write, space, read } = await openFileSite()
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
    const { team, write, space, read } = await openFileSite()
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
