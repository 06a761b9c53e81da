import { newId } from '../../src/server/auth/keys.ts'
import { withCleanup } from './cleanup.ts'
import { createReader, createWriter, type Ledger, setUpOrganizer, sizeOf } from './clients.ts'
import { type Counts, createCounter } from './counts.ts'
import { openSite, type Site } from './site.ts'

const writers = 16

/**
 * Sixteen writers push into one space through two servers on one empty database, both started at once, while a third is
 * added and the first is killed. A reader that follows the log from server to server misses nothing.
 */
export function shareDatabase(databaseUrl: string, pushesEach: number): Promise<Counts> {
  return withCleanup(async (atEnd) => {
    const environment = { DATABASE_URL: databaseUrl }
    const open = () => openSite(environment, atEnd)
    const first = await Promise.all([open(), open()])
    let sites: Site[] = first
    await setUpOrganizer(first[0])

    const acknowledged: Ledger = new Map()
    const pushes = createCounter()
    const space = newId()
    /** Whoever calls goes to one server after the other, as behind a balancer that knows which are there. */
    let turn = 0
    const address = async () => (await sites[turn++ % sites.length]?.address()) ?? ''
    const all = writers * pushesEach

    async function write(): Promise<void> {
      const writer = await createWriter(address, acknowledged, pushes)
      for (let push = 0; push < pushesEach; push++) await writer.push(space, 1 + (push % 3))
    }

    async function tail(load: Promise<unknown>) {
      let isOver = false
      const { link } = await createWriter(address)
      await Promise.race([load, pushes.reached(writers + 1)])
      void load.finally(() => {
        isOver = true
      })
      const reader = createReader(link, space)
      for (let wasOver = false; !wasOver; ) {
        wasOver = isOver
        await reader.readToEnd()
      }
      return reader.numbers
    }

    const load = Promise.all(Array.from({ length: writers }, write))
    const tailing = tail(load)
    await Promise.race([load, pushes.reached(all / 3)])
    const third = await open()
    sites = [...first, third]
    await Promise.race([load, pushes.reached((2 * all) / 3)])
    sites = [first[1], third]
    await first[0].kill()
    await load
    const read = await tailing

    const numbers = [...(acknowledged.get(space) ?? [])]
    const lost = numbers.filter(([name, seq]) => read.get(name) !== seq).length
    return { writers, servers: 3, pushes: pushes.count(), acknowledged: sizeOf(acknowledged), read: read.size, lost }
  })
}
