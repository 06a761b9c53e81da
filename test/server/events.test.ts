import * as v from 'valibot'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { SpaceRole } from '../../src/core/access.ts'
import { Hints } from '../../src/protocol/hints.ts'
import { newId } from '../../src/server/auth/keys.ts'
import { createHintStream } from '../../src/server/hintStream.ts'
import { createLive } from '../../src/server/live.ts'
import {
  type Browser,
  enrol,
  makeOps,
  makePush,
  makeServer,
  openOrganizer,
  type TestDevice,
  type TestServer,
} from '../support/server.ts'

const times = { beatMs: 50, lookMs: 20, spacingMs: 5, attendeeSpacingMs: 5 }

type Phone = { browser: Browser; device: TestDevice }

let server: TestServer
let organizer: Phone
let space: string

async function push({ browser, device }: Phone, from: number, count = 1, previous?: Uint8Array) {
  const { request, last } = makePush(device, space, makeOps(count, from), previous)
  expect((await browser.post(`/api/v1/spaces/${space}/push`, request)).status).toBe(200)
  return last
}

/** What a stream says, message by message; `undefined` once it has ended. */
async function listen(browser: Browser) {
  const response = await browser.get('/api/v1/events')
  const reader = response.body?.getReader()
  if (!reader || !response.ok) throw new Error(`no stream: ${response.status}`)
  onTestFinished(() => reader.cancel())
  const unread: Hints[] = []
  const decoder = new TextDecoder()
  let rest = ''
  return {
    response,
    cancel: () => reader.cancel(),
    next: async (): Promise<Hints | undefined> => {
      while (unread.length === 0) {
        const { value, done } = await reader.read()
        if (done) return undefined
        const parts = (rest + decoder.decode(value, { stream: true })).split('\n\n')
        rest = parts.pop() ?? ''
        unread.push(...parts.map((part) => v.parse(Hints, JSON.parse(part.replace(/^data: /, '')))))
      }
      return unread.shift()
    },
  }
}

/** The head of the space in the next message that tells one; beats are passed over. */
async function nextHead(stream: Awaited<ReturnType<typeof listen>>): Promise<number | undefined> {
  for (;;) {
    const hints = await stream.next()
    const hint = hints?.find((told) => told.space === space)
    if (!hints || hint) return hint?.head
  }
}

async function makeFacilitator(): Promise<Phone> {
  const browser = server.openBrowser()
  const invited = await organizer.browser.post(`/api/v1/spaces/${space}/invites`, { role: 'facilitator' })
  return { browser, device: await enrol(browser, (await invited.json()).code) }
}

beforeEach(async () => {
  server = await makeServer(undefined, times)
  organizer = await openOrganizer(server)
  space = newId()
  await push(organizer, 1)
  return () => server.deps.live.close()
})

describe('the stream of hints', () => {
  test('[S12] tells at once where the log ends, and again when somebody writes', async () => {
    const phone = await makeFacilitator()
    const stream = await listen(phone.browser)
    expect(await nextHead(stream)).toBe(1)
    await push({ ...phone }, 1, 2)
    expect(await nextHead(stream)).toBe(3)
  })

  test('is neither stored nor compressed nor gathered by a proxy', async () => {
    const { response } = await listen(organizer.browser)
    expect(response.headers.get('Content-Type')).toBe('text/event-stream')
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(response.headers.get('X-Accel-Buffering')).toBe('no')
    expect(response.headers.get('Content-Encoding')).toBeNull()
  })

  test('is for devices only, and for those that are something somewhere', async () => {
    expect((await server.openBrowser().get('/api/v1/events')).status).toBe(401)
  })

  test('says nothing of spaces that are not the device’s', async () => {
    const phone = await makeFacilitator()
    const own = space
    space = newId()
    await push(organizer, 1)
    const stream = await listen(phone.browser)
    const told = (await stream.next()) ?? []
    expect(told.map((hint) => hint.space)).toEqual([own])
  })

  test('ends when the grant ends, and when the device signs out', async () => {
    const phone = await makeFacilitator()
    const [revoked, signedOut] = [await listen(phone.browser), await listen(organizer.browser)]
    const subject = `device:${phone.device.dev}` as const
    await server.deps.store.putGrant({ space, subject, role: 'facilitator', createdAt: 1, revokedAt: 2 })
    await organizer.browser.post('/api/v1/sign-out', {})
    for (const stream of [revoked, signedOut]) {
      let last: Hints | undefined = []
      while (last) last = await stream.next()
    }
  })

  test('a device has at most four; the oldest makes room', async () => {
    const streams = []
    for (let i = 0; i < 5; i++) streams.push(await listen(organizer.browser))
    const [oldest, ...rest] = streams
    let last: Hints | undefined = []
    while (last) last = await oldest?.next()
    const heads = () => Promise.all(rest.map(nextHead))
    expect(await heads()).toEqual([1, 1, 1, 1])
    await push(await makeFacilitator(), 1)
    expect(await heads()).toEqual([2, 2, 2, 2])
  })

  test('hears of what another server on the same database has written', async () => {
    const other = await makeServer(server.deps.store, times)
    const stream = await listen(organizer.browser)
    expect(await nextHead(stream)).toBe(1)
    await other.deps.store.append(space, {
      dev: organizer.device.dev,
      receivedAt: 1,
      previous: makePush(organizer.device, space, makeOps(1)).request.previous,
      signature: '',
      ops: makePush(organizer.device, space, makeOps(1, 2)).linked.map((op) => ({ ...op, verdict: 'commit' as const })),
    })
    expect(await nextHead(stream)).toBe(2)
  })

  test('attendees never use up the room of the team', async () => {
    const live = createLive(server.deps.store, times, { all: 3, attendees: 2 })
    onTestFinished(() => live.close())
    const openAs = async (role: SpaceRole) => {
      const opened = await live.open(newId(), async () => new Map([[space, role]]))
      return typeof opened === 'string' ? opened : 'open'
    }
    const met = []
    for (const role of ['attendee', 'attendee', 'attendee', 'facilitator', 'facilitator'] as const)
      met.push(await openAs(role))
    expect(met).toEqual(['open', 'open', 'full', 'open', 'full'])
  })

  test('none is opened by a server that is told to stop while it reads the heads', async () => {
    const { store } = server.deps
    const listHeads = async () => {
      live.close()
      return store.listHeads()
    }
    const live = createLive({ ...store, listHeads }, times)
    expect(await live.open(newId(), async () => new Map([[space, 'viewer']]))).toBe('full')
  })

  test('a reader that reads nothing is let go', async () => {
    const roles = new Map([[space, 'viewer' as const]])
    const ended = Promise.withResolvers<void>()
    const { body } = createHintStream({
      dev: 'dev',
      roles,
      heads: [],
      readRoles: async () => roles,
      times: { ...times, beatMs: 1 },
      onEnd: ended.resolve,
    })
    await ended.promise
    const reader = body.getReader()
    let messages = 0
    while (!(await reader.read()).done) messages++
    expect(messages).toBeLessThan(100)
  })
})
