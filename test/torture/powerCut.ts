import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { newId } from '../../src/server/auth/keys.ts'
import { temporaryFolder } from '../support/server.ts'
import { withCleanup } from './cleanup.ts'
import { copyOf, countLost, createWriter, type Ledger, setUpOrganizer, sizeOf } from './clients.ts'
import { type Counts, createCounter, randomUpTo } from './counts.ts'
import { makeDisk, mount, run } from './disk.ts'
import { openSite } from './site.ts'

const writers = 3

/** The disk as it is at one moment: copied again when the kernel wrote to it meanwhile. */
function copyImage(image: string, copy: string): void {
  const changedAt = () => statSync(image, { bigint: true }).mtimeNs
  for (let before = changedAt(); ; before = changedAt()) {
    run('cp', '--sparse=always', image, copy)
    if (changedAt() === before) return
  }
}

/**
 * Cuts the power of a server's disk under load: the server is stopped where it stands, the file behind its
 * disk is copied, and the copy is mounted, as after a reboot. Another server opens what is there and must
 * hold all that was acknowledged.
 */
export function cutPower(cuts: number): Promise<Counts> {
  return withCleanup(async (atEnd) => {
    const folder = temporaryFolder()
    atEnd(() => rmSync(folder, { recursive: true, force: true }))
    const { image, path } = makeDisk(folder, 64, atEnd)
    const site = await openSite({ HADIR_DATA: join(path, 'data') }, atEnd)
    await setUpOrganizer(site)
    let asked = site
    const { link } = await createWriter(() => asked.address())
    const pushes = createCounter()
    const acknowledged: Ledger = new Map()
    const space = newId()
    let isOver = false

    async function write(): Promise<void> {
      const writer = await createWriter(site.address, acknowledged, pushes)
      while (!isOver) await writer.push(space, 1 + randomUpTo(5))
    }
    const load = Promise.all(Array.from({ length: writers }, write))

    let lost = 0
    for (let cut = 1; cut <= cuts; cut++) {
      await Promise.race([load, pushes.reached(pushes.count() + 10 + randomUpTo(20))])
      await after(randomUpTo(12))
      const { process: server } = site.process()
      server.kill('SIGSTOP')
      const promised = copyOf(acknowledged)
      const copy = join(folder, `copy-${cut}`)
      copyImage(image, copy)
      server.kill('SIGCONT')
      lost += await withCleanup(async (atEndOfCut) => {
        const mounted = join(folder, `disk-${cut}`)
        mount(copy, mounted, atEndOfCut)
        asked = await openSite({ HADIR_DATA: join(mounted, 'data') }, atEndOfCut)
        return countLost(link, promised)
      })
      rmSync(copy)
    }
    isOver = true
    await load
    return { cuts, pushes: pushes.count(), acknowledged: sizeOf(acknowledged), lost }
  })
}
