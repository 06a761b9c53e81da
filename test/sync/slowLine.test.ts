import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createHttpLink } from '../../src/client/sync/httpLink.ts'
import { Done } from '../../src/protocol/account.ts'

const session = JSON.stringify({
  now: 1,
  account: null,
  device: null,
  organizer: false,
  spaces: [],
  issuer: 'A'.repeat(87),
  needsSetup: false,
})

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A link whose answer comes piece by piece, as the test says. */
function slowLink() {
  const { promise, resolve } = Promise.withResolvers<ReadableStreamDefaultController<Uint8Array>>()
  const link = createHttpLink('/api/v1', async (_, init) => {
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        init?.signal?.addEventListener('abort', () => controller.error(init.signal?.reason))
        resolve(controller)
      },
    })
    return new Response(stream)
  })
  return { link, line: promise }
}

it('[S12] an answer that keeps coming is waited for, however long it takes', async () => {
  const { link, line } = slowLink()
  const answer = link.session()
  const controller = await line
  for (const letter of session) {
    await vi.advanceTimersByTimeAsync(20_000)
    controller.enqueue(new TextEncoder().encode(letter))
    await new Promise(setImmediate)
  }
  controller.close()
  expect((await answer).ok).toBe(true)
})

it('[S12] a server that falls silent half way is given up', async () => {
  const { link, line } = slowLink()
  const answer = link.session()
  const controller = await line
  controller.enqueue(new TextEncoder().encode('{'))
  await vi.advanceTimersByTimeAsync(31_000)
  expect(await answer).toEqual({ ok: false, failure: { kind: 'timeout' } })
})

it.each<[kind: string, send: () => Promise<Response>]>([
  ['offline', () => Promise.reject(new TypeError('Failed to fetch'))],
  ['offline', async () => new Response(new ReadableStream({ start: (line) => line.error(new TypeError('network')) }))],
  ['notHadir', async () => new Response('<html>Selamat datang di Wi-Fi</html>')],
  ['notHadir', async () => new Response(session, { status: 502 })],
])('what the line does is no bug: %s', async (kind, send) => {
  expect(await createHttpLink('/api/v1', send).session()).toEqual({ ok: false, failure: { kind } })
})

it('a bug of ours is thrown and does not read as a missing network', async () => {
  const link = createHttpLink('/api/v1', async () => new Response(session))
  const endless: { self?: unknown } = {}
  endless.self = endless
  await expect(link.ask(Done, 'POST', '/anything', endless)).rejects.toThrow('circular')
})
