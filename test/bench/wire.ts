import { rm } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { toBase64Url } from '../../src/core/bytes.ts'
import { chainStart } from '../../src/core/op.ts'
import { newId } from '../../src/server/auth/keys.ts'
import {
  makeBatch,
  makeDevice,
  makeOps,
  makePush,
  openTestStore,
  temporaryFolder,
  type WireOp,
} from '../support/server.ts'
import { type Figure, figure, percentile } from './figure.ts'
import { measureIdle } from './idle.ts'
import { inventBodies } from './inventedOps.ts'

const random = (count: number) => crypto.getRandomValues(new Uint8Array(count))
const batchOps = 500

/**
 * Of a full batch that a phone sends, per check-in: each half a minute after the one before, by a clock 1.3 s behind.
 */
function bytesPerCheckIn(ink: boolean): number {
  const bodies = inventBodies({ people: 0, checkIns: batchOps, ink }, random).slice(1)
  let wall = Date.now()
  const ops = bodies.map((body, i): WireOp => {
    wall += 20_000 + (random(1)[0] ?? 0) * 79
    return [i + 1, wall, wall + 1_317, body]
  })
  return gzipSync(JSON.stringify(makePush(makeDevice(), newId(), ops).request)).length / batchOps
}

export async function measureWire(): Promise<Figure[]> {
  const [without, withInk] = [bytesPerCheckIn(false), bytesPerCheckIn(true)]
  return [
    figure('a check-in in a batch of 500, without ink', without, 'B', 24, 2),
    figure('its ink', withInk - without, 'B', 400, 1),
    ...(await measureIdle()),
  ]
}

/** What an op costs the server, sealed and on the disk, at the beginning of a log and at its 100,000th op. */
export async function measureGrowth(): Promise<Figure[]> {
  const folder = temporaryFolder()
  const store = await openTestStore(folder)
  const device = makeDevice()

  /** Appends batch by batch and reads each as the next page; ms of both. */
  async function grow(to: number): Promise<number[]> {
    const [space, epoch] = [newId(), newId()]
    await store.createSpace(space, epoch, Date.now())
    let cursor = { epoch, seq: 0, chain: toBase64Url(chainStart) }
    const ms: number[] = []
    while (cursor.seq < to) {
      const batch = makeBatch(device, space, makeOps(batchOps, cursor.seq + 1))
      const start = performance.now()
      await store.append(space, batch)
      const page = await store.readPage(space, cursor, { maxOps: batchOps, maxBytes: 1_000_000 })
      ms.push(performance.now() - start)
      if (page?.state !== 'page') throw new Error('no page')
      cursor = { epoch, seq: cursor.seq + page.ops.length, chain: page.chain }
    }
    return ms
  }

  await grow(10_000)
  const ms = await grow(100_000)
  await store.close()
  await rm(folder, { recursive: true, force: true })
  const [early, late] = [ms.slice(2, 22), ms.slice(-20)].map((some) => percentile(some, 0.5) / batchOps)
  return [figure('an op at the end of a log of 100,000', late ?? 0, 'ms', early ?? 0, 1.2)]
}
