import { afterEach, expect, test } from 'vitest'
import { createTurns } from '../../src/server/turns.ts'

const refused = { ok: false, failure: { kind: 'tooMany', retryAfterMs: 2_000 } }

/** A clock by which every piece of work takes up a turn. */
let ticks = 0
let workMs = 1_000
const nowMs = () => (ticks += workMs)
afterEach(() => {
  workMs = 1_000
})

/** A line for so many, with work that ends when it is told to. */
function openLine(waiting: number, random = () => 0) {
  const turns = createTurns(waiting, { nowMs, random })
  const started: string[] = []
  const ends: (() => void)[] = []
  const work = (name: string) => () => {
    started.push(name)
    return new Promise<string>((resolve) => ends.push(() => resolve(name)))
  }
  /** Ends what is at work, and says whose turn it was. */
  async function serve(): Promise<string | undefined> {
    await expect.poll(() => ends.length).toBe(1)
    ends.shift()?.()
    return started.at(-1)
  }
  async function serveAll(count: number): Promise<(string | undefined)[]> {
    const served: (string | undefined)[] = []
    for (let i = 0; i < count; i++) served.push(await serve())
    return served
  }
  return {
    ask: (name: string, address: string, email = 'x') => turns({ place: { address }, email }, work(name)),
    askPaid: (name: string, paid: 'solutions' | 'paid') =>
      turns({ place: { address: 'a' }, email: 'x', paid }, work(name)),
    askKnown: (name: string, device: string) => turns({ place: { device }, email: 'x' }, work(name)),
    serve,
    serveAll,
  }
}

test('slow work is done one after the other, and addresses take turns however often each asks', async () => {
  const { ask, serveAll } = openLine(10)
  for (let i = 0; i < 4; i++) void ask(`a${i}`, 'a')
  for (let i = 0; i < 2; i++) void ask(`b${i}`, 'b')
  void ask('c', 'c')
  expect(await serveAll(7)).toEqual(['a0', 'a1', 'b0', 'c', 'a2', 'b1', 'a3'])
})

test('when the line is full, the last of the fullest address is sent away, and not who comes', async () => {
  const { ask, serveAll } = openLine(3)
  const flood = Array.from({ length: 6 }, (_, i) => ask(`a${i}`, 'a'))
  expect(await Promise.all(flood.slice(4))).toEqual([refused, refused])
  const person = ask('person', 'b')
  expect(await flood[3]).toEqual(refused)
  expect(await serveAll(4)).toEqual(['a0', 'a1', 'person', 'a2'])
  expect(await person).toEqual({ ok: true, value: 'person' })
})

test('who is sent away by addresses without number keeps his number: each goes before him once', async () => {
  const { ask, serve } = openLine(3)
  const floods = Array.from({ length: 8 }, (_, i) => `${i}`)
  const flood = () => {
    for (const address of floods) void ask(address, address)
  }
  let isAsking = false
  async function askAgain(): Promise<void> {
    if (isAsking) return
    isAsking = true
    await ask('person', 'p')
    isAsking = false
  }
  flood()
  const served: (string | undefined)[] = []
  while (!served.includes('person') && served.length < 3 * floods.length) {
    flood()
    void askAgain()
    served.push(await serve())
  }
  expect(served.indexOf('person')).toBeGreaterThan(0)
  expect(served.length).toBeLessThanOrEqual(floods.length + 2)
})

test('at one address the accounts take turns, and invented ones without number go before a person once', async () => {
  const { ask, serve } = openLine(3)
  let invented = 0
  const flood = () => {
    for (let i = 0; i < 9; i++) void ask('flood', 'a', `${invented++}`)
  }
  flood()
  expect(await ask('person', 'a', 'person')).toEqual(refused)
  for (let i = 0; i < 4; i++) {
    flood()
    await serve()
  }
  const back = ask('person', 'a', 'person')
  flood()
  const next = [await serve(), await serve()]
  expect(next).toContain('person')
  expect(await back).toMatchObject({ ok: true })
})

test('the addresses of one IPv6 network, which one stranger may have, take one turn together', async () => {
  const { ask, serveAll } = openLine(10)
  for (let i = 0; i < 4; i++) void ask(`v6 ${i}`, `2001:db8:7:${i}::/64`)
  void ask('v4', '192.0.2.1')
  void ask('other v6', '2001:db8:8:0::/64')
  expect(await serveAll(6)).toEqual(['v6 0', 'v6 1', 'v4', 'other v6', 'v6 2', 'v6 3'])
})

test('devices that the account knows and strangers take turns, however many either are', async () => {
  const { ask, askKnown, serveAll } = openLine(3)
  const strangers = Array.from({ length: 5 }, (_, i) => ask(`stranger ${i}`, `${i}`))
  const own = Array.from({ length: 4 }, (_, i) => askKnown(`own ${i}`, 'D'))
  expect(await Promise.all([...strangers.slice(4), ...own.slice(3)])).toEqual([refused, refused])
  expect(await serveAll(7)).toEqual([
    ...['stranger 0', 'own 0', 'stranger 1', 'own 1', 'stranger 2', 'own 2'],
    'stranger 3',
  ])
})

test('of those who ask for one account at one address the lot says who is sent away, whenever he came', async () => {
  const lots = [0.1, 0.2, 0.9, 0.3, 0.4]
  const { ask, serveAll } = openLine(4, () => lots.shift() ?? 0)
  const asked = Array.from({ length: 6 }, (_, i) => ask(`a${i}`, 'a'))
  expect(await asked[3]).toEqual(refused)
  expect(await serveAll(5)).toEqual(['a0', 'a1', 'a2', 'a4', 'a5'])
})

test('what was paid for has lines of its own, and of what is short some are done in a turn', async () => {
  const { ask, askPaid, serveAll } = openLine(6)
  workMs = 40
  for (let i = 0; i < 5; i++) void ask('stranger', 'a')
  for (let i = 0; i < 5; i++) void askPaid('solution', 'solutions')
  void askPaid('paid', 'paid')
  expect(await serveAll(11)).toEqual([
    ...['stranger', 'stranger', 'stranger', 'solution', 'solution', 'solution', 'paid'],
    ...['stranger', 'stranger', 'solution', 'solution'],
  ])
})

test('work that fails gives its turn on', async () => {
  const turns = createTurns(2, { nowMs, random: Math.random })
  const asking = { place: { address: 'a' }, email: 'x' }
  await expect(turns(asking, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await turns(asking, () => Promise.resolve(1))).toEqual({ ok: true, value: 1 })
})
