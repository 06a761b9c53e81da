import { setTimeout as after } from 'node:timers/promises'
import type { OutboxRow } from '../../src/client/db/schema.ts'
import { makeDevice, toEnrolRequest } from '../../src/client/sync/deviceKey.ts'
import type { Link } from '../../src/client/sync/link.ts'
import { sealBatch } from '../../src/client/sync/seal.ts'
import { fromBase64Url, toBase64Url } from '../../src/core/bytes.ts'
import { chainStart, logLink } from '../../src/core/op.ts'
import type { Result } from '../../src/core/result.ts'
import type { Failure } from '../../src/protocol/failure.ts'
import type { Cursor } from '../../src/protocol/pull.ts'
import { createBrowserLink, must } from '../support/browserLink.ts'
import { makeBody, organizer } from '../support/server.ts'
import { createCounter } from './counts.ts'

/** Numbers of the log by the name of the op, `dev.n`, per space. */
export type Ledger = Map<string, Map<string, number>>

export function note(ledger: Ledger, space: string, name: string, seq: number): void {
  const numbers = ledger.get(space) ?? new Map<string, number>()
  ledger.set(space, numbers.set(name, seq))
}

/** The ledger as it is now, while others go on writing in it. */
export function copyOf(ledger: Ledger): Ledger {
  return new Map([...ledger].map(([space, numbers]) => [space, new Map(numbers)]))
}

export function sizeOf(ledger: Ledger): number {
  return [...ledger.values()].reduce((sum, numbers) => sum + numbers.size, 0)
}

/** What a server that is down, or goes down, lets a client see. */
const absences = ['offline', 'timeout', 'notHadir']

/**
 * Calls until there is an answer, when the server says so later, and returns its value; a
 * refusal is the test's failure.
 */
export async function insist<T>(call: () => Promise<Result<T, Failure>>): Promise<T> {
  for (;;) {
    const answer = await call()
    if (!answer.ok && answer.failure.retryAfterMs) {
      await after(answer.failure.retryAfterMs)
      continue
    }
    if (answer.ok || !absences.includes(answer.failure.kind)) return must(answer)
  }
}

/** Makes the first organizer, whose account all writers use. */
export async function setUpOrganizer(site: {
  address: () => Promise<string>
  setupToken: () => string
}): Promise<void> {
  must(await createBrowserLink(site.address).setUp({ token: site.setupToken(), ...organizer }))
}

/**
 * A device of the organizer that pushes batch after batch with the client's own seals, and repeats each until the
 * server has answered. `pushes` counts what goes out, `answers` what the server has acknowledged.
 */
export async function createWriter(
  address: () => Promise<string>,
  acknowledged: Ledger = new Map(),
  pushes = createCounter(),
  answers = createCounter(),
) {
  const link = createBrowserLink(address)
  const device = await makeDevice('Laptop', 'Uji')
  const { email, password } = organizer
  await insist(() => link.signIn({ email, password }))
  const request = await toEnrolRequest(device)
  await insist(() => link.enrol(request))
  const lastBySpace = new Map<string, OutboxRow>()

  function makeRows(space: string, count: number): OutboxRow[] {
    const from = (lastBySpace.get(space)?.n ?? 0) + 1
    const wall = Date.now()
    const rest = { space, dev: device.dev, v: 1, wall, at: wall, state: 'local' as const }
    return Array.from({ length: count }, (_, i) => ({ ...rest, n: from + i, body: makeBody() }))
  }

  return {
    dev: device.dev,
    link,
    /** Resolves once the server has acknowledged `count` new ops. */
    push: async (space: string, count: number): Promise<void> => {
      const rows = makeRows(space, count)
      const { request, links } = await sealBatch(device, rows, lastBySpace.get(space))
      const { results } = await insist(() => {
        pushes.add()
        return link.push(space, request)
      })
      for (const result of results) {
        if (result.state !== 'committed') throw new Error(`op ${result.n} was ${result.state}`)
        note(acknowledged, space, `${device.dev}.${result.n}`, result.seq)
      }
      answers.add()
      const last = rows.at(-1)
      if (last) lastBySpace.set(space, { ...last, link: links.at(-1) ?? '' })
    },
  }
}
export type Writer = Awaited<ReturnType<typeof createWriter>>

/**
 * Reads on in a space's log page by page, and throws where a number is missing, an op comes twice or the chain breaks.
 */
export function createReader(link: Link, space: string, onBody: (body: string) => void = () => undefined) {
  const numbers = new Map<string, number>()
  let cursor: Cursor | undefined
  let chain: Uint8Array = chainStart
  /** Reads one page and says whether it was the last. */
  async function readPage(): Promise<boolean> {
    const page = await insist(() => link.pull(space, cursor))
    if (page.state === 'same') return true
    if (page.state !== 'page') throw new Error('the server does not know its own cursor')
    if (page.after !== numbers.size) throw new Error(`a page begins after ${page.after} instead of ${numbers.size}`)
    for (const [v, devIndex, n, wall, at, body] of page.ops) {
      const dev = page.devs[devIndex] ?? ''
      const seq = numbers.size + 1
      if (numbers.has(`${dev}.${n}`)) throw new Error(`${dev}.${n} stands twice in the log`)
      numbers.set(`${dev}.${n}`, seq)
      onBody(body)
      chain = logLink(chain, seq, { v, space, dev, n, wall, at, body })
    }
    if (toBase64Url(chain) !== page.chain) throw new Error(`the chain breaks before ${numbers.size}`)
    cursor = { epoch: page.epoch, seq: numbers.size, chain: page.chain }
    if (!fromBase64Url(page.witness)) throw new Error('a page without a witness')
    return numbers.size >= page.head
  }
  return {
    /** What was read so far. */
    numbers,
    readToEnd: async () => {
      while (!(await readPage())) {}
    },
  }
}

/** Counts the ops acknowledged so far that a log lacks, or that stand at another number than was said. */
export async function countLost(link: Link, acknowledged: Ledger, spaces = [...acknowledged.keys()]): Promise<number> {
  let lost = 0
  for (const space of spaces) {
    const expected = [...(acknowledged.get(space) ?? [])]
    if (expected.length === 0) continue
    const reader = createReader(link, space)
    await reader.readToEnd()
    lost += expected.filter(([name, seq]) => reader.numbers.get(name) !== seq).length
  }
  return lost
}
