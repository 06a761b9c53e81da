import { setTimeout as after } from 'node:timers/promises'
import { newId } from '../../src/server/auth/keys.ts'
import { withCleanup } from './cleanup.ts'
import { countLost, createWriter, type Ledger, setUpOrganizer, sizeOf } from './clients.ts'
import { type Counts, createCounter, randomUpTo } from './counts.ts'
import { openSite } from './site.ts'

const writers = 4
/**
 * So many kills share their spaces: each log is read from its beginning after each kill, so it must not grow for ever.
 */
const killsPerGeneration = 20

/**
 * `kill -9` of the server while several clients push into two spaces, again and again. After each restart the logs are
 * gapless, their chains hold, and every op that was acknowledged before stands where the server said.
 */
export function killServer(environment: Record<string, string>, kills: number): Promise<Counts> {
  return withCleanup(async (atEnd) => {
    const site = await openSite(environment, atEnd)
    await setUpOrganizer(site)
    const { link } = await createWriter(site.address)
    const [pushes, answers] = [createCounter(), createCounter()]
    const acknowledged: Ledger = new Map()
    let spaces = [newId(), newId()]
    let isOver = false

    async function write(): Promise<void> {
      const writer = await createWriter(site.address, acknowledged, pushes, answers)
      while (!isOver) await writer.push(spaces[randomUpTo(1)] ?? '', 1 + randomUpTo(5))
    }
    const load = Promise.all(Array.from({ length: writers }, write))
    await Promise.race([load, pushes.reached(writers)])

    let lost = 0
    for (let kill = 1; kill <= kills; kill++) {
      /** Right after an answer, or at any moment on its way: batches are gathered for 4 ms and then written. */
      const [counter, delayMs] = kill % 2 ? [answers, 0] : [pushes, randomUpTo(12)]
      await Promise.race([load, counter.reached(counter.count() + 3 + randomUpTo(20))])
      if (delayMs > 0) await after(delayMs)
      await site.kill()
      await site.start()
      lost += await countLost(link, acknowledged, spaces)
      if (kill % killsPerGeneration === 0) spaces = [newId(), newId()]
    }
    isOver = true
    await load
    lost += await countLost(link, acknowledged)
    return { kills, pushes: pushes.count(), acknowledged: sizeOf(acknowledged), lost }
  })
}
