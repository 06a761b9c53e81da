import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { must } from '../support/browserLink.ts'
import { temporaryFolder } from '../support/server.ts'
import { type AtEnd, withCleanup } from './cleanup.ts'
import { createReader, setUpOrganizer } from './clients.ts'
import { type Counts, createCounter, randomUpTo } from './counts.ts'
import { createDevice, type Device } from './devices.ts'
import { openSite } from './site.ts'

/** What an administrator types, with the settings of a server. */
async function runTool(command: 'backup' | 'restore', file: string, environment: Record<string, string>) {
  const env = { PATH: process.env.PATH, ...environment }
  await promisify(execFile)(process.execPath, ['tools/backup.ts', command, file], { env })
}

async function openDevice(address: () => Promise<string>, holder: string, atEnd: AtEnd): Promise<Device> {
  const device = await createDevice(address, holder)
  atEnd(device.close)
  return device
}

async function invite(office: Device, space: string, device: Device): Promise<void> {
  await device.join(must(await office.link.invite(space, { role: 'facilitator' })).code)
}

/**
 * A backup is taken while devices push; they go on, then the server dies and the backup is put into a fresh place. What
 * was acknowledged after the backup comes back from the devices: also the ops of one that is gone for good, which another
 * had read; of one that never read the log since; and of one that the backup does not even know.
 */
export function restoreBackup(newPlace: () => Promise<Record<string, string>>, opsEach: number): Promise<Counts> {
  return withCleanup(async (atEnd) => {
    const place = await newPlace()
    const site = await openSite(place, atEnd)
    await setUpOrganizer(site)
    const [office, keeper, gone, silent, newcomer] = await Promise.all(
      ['Kantor', 'Penyimpan', 'Hilang', 'Diam', 'Baru'].map((holder) => openDevice(site.address, holder, atEnd)),
    )
    if (!office || !keeper || !gone || !silent || !newcomer) throw new Error('a device is missing')
    const space = await office.createSpace()
    for (const device of [keeper, gone, silent]) await invite(office, space, device)
    const pushes = createCounter()

    async function work(device: Device, reads: boolean): Promise<void> {
      for (let written = 0; written < opsEach; ) {
        for (let left = randomUpTo(2); left >= 0; left--, written++) await device.write(space)
        must(toResult(await device.push(space)))
        pushes.add()
        if (reads) must(toResult(await device.pull(space)))
      }
    }

    const load = Promise.all([work(office, true), work(keeper, true), work(gone, true), work(silent, false)])
    await Promise.race([load, pushes.reached(opsEach)])
    const file = join(temporaryFolder(), 'hadir.backup')
    await Promise.all([load, runTool('backup', file, place)])
    await invite(office, space, newcomer)
    await Promise.all([work(newcomer, false), work(gone, false), work(silent, false)])
    must(toResult(await keeper.pull(space)))

    const devices = [office, keeper, gone, silent, newcomer]
    const acknowledged = (await Promise.all(devices.map((device) => device.acknowledged(space)))).flat()
    await site.kill()
    const fresh = await newPlace()
    await runTool('restore', file, fresh)
    await site.start(fresh)
    const restored = createReader(office.link, space)
    await restored.readToEnd()
    const missing = acknowledged.filter((name) => !restored.numbers.has(name)).length

    await invite(office, space, newcomer)
    const left = [office, keeper, silent, newcomer]
    for (let round = 1; round <= 3; round++)
      for (const device of left) {
        must(toResult(await device.push(space)))
        must(toResult(await device.pull(space)))
      }
    const log = createReader(office.link, space)
    await log.readToEnd()
    const lost = acknowledged.filter((name) => !log.numbers.has(name)).length
    const whole = JSON.stringify([...log.numbers.keys()])
    const reads = await Promise.all(left.map((device) => device.read(space)))
    const unequal = reads.filter((read) => JSON.stringify(read) !== whole).length
    return { acknowledged: acknowledged.length, missingInBackup: missing, lost, unequal }
  })
}

function toResult(failure: { kind: string } | undefined) {
  return failure ? { ok: false as const, failure } : { ok: true as const, value: undefined }
}
