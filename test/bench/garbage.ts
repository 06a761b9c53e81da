import { rm } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { newId } from '../../src/server/auth/keys.ts'
import { openSqlite } from '../../src/server/store/sqlite.ts'
import {
  addressOf,
  makeDevice,
  makeDist,
  makePush,
  startProcess,
  temporaryFolder,
  type WireOp,
} from '../support/server.ts'
import { type Figure, figure, percentile } from './figure.ts'
import { letIn } from './hotEvent.ts'
import { inventBodies } from './inventedOps.ts'

const perSecond = 200
/** A facilitator's phone rests between two syncs, so that 150 of them see some ten seconds of garbage. */
const betweenMs = 60
const rounds = 150
const kinds = ['bytes', 'long', 'bomb', 'pull', 'unknown', 'enrol', 'signIn', 'ballot']
const random = (count: number) => crypto.getRandomValues(new Uint8Array(count))

/** What a facilitator waits for one sync, a push of one check-in and a pull, in ms. */
async function sync(rounds: number, one: (round: number) => Promise<void>): Promise<number[]> {
  const waited: number[] = []
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    await one(round)
    waited.push(performance.now() - start)
    await new Promise((resolve) => setTimeout(resolve, betweenMs))
  }
  return waited
}

/**
 * A facilitator's sync while strangers send 200 calls a second of every kind that costs
 * something, against the same alone.
 */
export async function measureGarbage(mix = kinds): Promise<Figure[]> {
  const folder = temporaryFolder()
  const opened = await openSqlite(folder)
  if (!opened.ok) throw new Error(opened.failure.detail)
  const [space, device] = [newId(), makeDevice()]
  await opened.value.createSpace(space, newId(), Date.now())
  const credential = await letIn(opened.value, space, device)
  await opened.value.close()
  const server = startProcess({ HADIR_DIST: makeDist(), HADIR_DATA: folder, LOG_LEVEL: 'error' })
  try {
    const url = await addressOf(server)
    const headers = { Cookie: `hadir_device=${credential}`, 'Content-Type': 'application/json' }
    const bodies = inventBodies({ people: 0, checkIns: 2 * rounds + 2, ink: true }, random).slice(1)
    let n = 1
    const one = async () => {
      const op: WireOp = [n, Date.now(), Date.now(), bodies[n - 1] ?? '[]']
      n++
      const body = JSON.stringify(makePush(device, space, [op]).request)
      const pushed = await fetch(`${url}/api/v1/spaces/${space}/push`, { method: 'POST', headers, body })
      const pulled = await fetch(`${url}/api/v1/spaces/${space}/pull`, { headers })
      if (!(await pushed.text()).includes('committed') || !pulled.ok) throw new Error(`not synced: ${pulled.status}`)
      await pulled.arrayBuffer()
    }
    await sync(20, one)
    const alone = await sync(rounds - 20, one)
    const worker = new Worker(new URL('./garbageSender.ts', import.meta.url), {
      workerData: { url, space, perSecond, kinds: mix },
    })
    await new Promise((resolve) => worker.once('message', resolve))
    const flooded = await sync(rounds, one)
    const told = new Promise((resolve) => worker.once('message', resolve))
    worker.postMessage('end')
    console.error('garbage:', JSON.stringify(await told))
    await worker.terminate()
    const name = `a facilitator's sync under ${perSecond} calls of garbage a second`
    return [
      figure(`${name}, p99`, percentile(flooded, 0.99), 'ms', percentile(alone, 0.99), 5),
      figure(`${name}, median`, percentile(flooded, 0.5), 'ms', percentile(alone, 0.5), 3),
    ]
  } finally {
    server.process.kill('SIGTERM')
    await server.ended
    await rm(folder, { recursive: true, force: true })
  }
}
