import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { newId } from '../../src/server/auth/keys.ts'
import { temporaryFolder } from '../support/server.ts'
import { withCleanup } from './cleanup.ts'
import { copyOf, countLost, createWriter, type Ledger, setUpOrganizer, sizeOf } from './clients.ts'
import { type Counts, createCounter, randomUpTo } from './counts.ts'
import { openSite } from './site.ts'

const writers = 3

const run = (program: string, ...args: string[]) => execFileSync(program, args, { stdio: 'pipe' })

/** Why this machine cannot cut the power of a disk of its own, or `undefined` when it can. */
export function whyNoPowerCut(): string | undefined {
  const folder = temporaryFolder()
  try {
    makeDisk(folder)
    run('umount', join(folder, 'disk'))
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message.replaceAll('\n', ' ') : 'unknown'
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A file system of its own in a file; what was not flushed to it is not in the file. */
function makeDisk(folder: string): { image: string; disk: string } {
  const image = join(folder, 'image')
  const disk = join(folder, 'disk')
  run('truncate', '--size', '64M', image)
  run('mkfs.ext4', '-q', '-F', image)
  mkdirSync(disk)
  run('mount', '-o', 'loop', image, disk)
  return { image, disk }
}

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
    const { image, disk } = makeDisk(folder)
    atEnd(() => run('umount', disk))
    const site = await openSite({ HADIR_DATA: join(disk, 'data') }, atEnd)
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
        mkdirSync(mounted)
        run('mount', '-o', 'loop', copy, mounted)
        atEndOfCut(() => run('umount', mounted))
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
