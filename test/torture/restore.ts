import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Failure } from '../../src/protocol/failure.ts'
import { temporaryFolder } from '../support/server.ts'
import { type AtEnd, withCleanup } from './cleanup.ts'
import { createReader, insist, setUpOrganizer } from './clients.ts'
import { type Counts, createCounter, randomUpTo } from './counts.ts'
import { createDevice, type Device } from './devices.ts'
import { openSite } from './site.ts'

/** What an administrator types, with the settings of a server; how many ops the backup holds. */
async function runTool(command: 'backup' | 'restore', file: string, environment: Record<string, string>) {
  const env = { PATH: process.env.PATH, ...environment }
  const { stdout } = await promisify(execFile)(process.execPath, ['tools/backup.ts', command, file], { env })
  return Number(/ops: (\d+)/.exec(stdout)?.[1])
}

async function openDevice(address: () => Promise<string>, holder: string, atEnd: AtEnd): Promise<Device> {
  const device = await createDevice(address, holder)
  atEnd(device.close)
  return device
}

async function invite(office: Device, space: string, device: Device): Promise<void> {
  const { code } = await insist(() => office.link.invite(space, { role: 'facilitator' }))
  await device.join(code)
}

/**
 * A backup is taken while devices push without a pause, and put back beside the running server, while they still do.
 * Then the server dies, and the backup is put into a fresh place. Each time what was acknowledged since the backup
 * comes back from the devices: also the ops of one that is gone for good, which another had read; of one that never
 * read the log meanwhile; and of one that the backup does not even know.
 */
export function restoreBackup(newPlace: () => Promise<Record<string, string>>, pushesBetween: number): Promise<Counts> {
  return withCleanup(async (atEnd) => {
    const place = await newPlace()
    const site = await openSite(place, atEnd)
    await setUpOrganizer(site)
    const open = (holder: string) => openDevice(site.address, holder, atEnd)
    const [office, keeper, gone, silent, newcomer] = await Promise.all([
      open('Kantor'),
      open('Penyimpan'),
      open('Hilang'),
      open('Diam'),
      open('Baru'),
    ])
    const space = await office.createSpace()
    for (const device of [keeper, gone, silent]) await invite(office, space, device)
    const acknowledged = new Set<string>()
    const answers = createCounter()
    let isOver = false

    async function push(device: Device, above = 0): Promise<number> {
      await insist(async () => toResult(await device.push(space)))
      const sent = await device.acknowledged(space, above)
      for (const { name } of sent) acknowledged.add(name)
      answers.add()
      return sent.at(-1)?.n ?? above
    }
    const pull = (device: Device) => insist(async () => toResult(await device.pull(space)))

    async function work(device: Device, reads: boolean, mayGoOn = () => !isOver): Promise<void> {
      for (let above = 0; mayGoOn(); ) {
        for (let left = randomUpTo(2); left >= 0; left--) await device.write(space)
        above = await push(device, above)
        if (reads) await pull(device)
      }
    }
    async function workAlone(device: Device): Promise<void> {
      const until = answers.count() + pushesBetween
      await work(device, false, () => answers.count() < until)
    }

    /** The log as the server has it, and what it lacks of what was acknowledged. */
    async function readLog() {
      const log = createReader(office.link, space)
      await log.readToEnd()
      const missing = [...acknowledged].filter((name) => !log.numbers.has(name)).length
      return { whole: JSON.stringify([...log.numbers.keys()]), missing }
    }
    /** Everybody is back: how many acknowledged ops the log lacks, and how many devices have read another log. */
    async function bringBack(devices: Device[]) {
      await invite(office, space, newcomer)
      for (let round = 1; round <= 3; round++)
        for (const device of devices) {
          await push(device)
          await pull(device)
        }
      const { whole, missing } = await readLog()
      const reads = await Promise.all(devices.map((device) => device.read(space)))
      return { lost: missing, unequal: reads.filter((read) => JSON.stringify(read) !== whole).length }
    }

    const load = Promise.all([work(office, true), work(keeper, true), work(gone, true), work(silent, false)])
    const goOn = () => Promise.race([load, answers.reached(answers.count() + pushesBetween)])
    await goOn()
    const beforeBackup = acknowledged.size
    const file = join(temporaryFolder(), 'hadir.backup')
    const inBackup = await runTool('backup', file, place)
    await goOn()
    const afterBackup = acknowledged.size
    if (!(beforeBackup < inBackup && inBackup < afterBackup)) throw new Error('the backup was not taken under load')
    await invite(office, space, newcomer)
    await workAlone(newcomer)

    await runTool('restore', file, place)
    await goOn()
    isOver = true
    await load
    const beside = await bringBack([office, keeper, gone, silent, newcomer])

    await Promise.all([workAlone(gone), workAlone(silent)])
    await pull(keeper)
    await site.kill()
    const fresh = await newPlace()
    await runTool('restore', file, fresh)
    await site.start(fresh)
    const { missing } = await readLog()
    const elsewhere = await bringBack([office, keeper, silent, newcomer])
    return {
      acknowledged: acknowledged.size,
      beforeBackup,
      inBackup,
      afterBackup,
      missingInBackup: missing,
      lost: beside.lost + elsewhere.lost,
      unequal: beside.unequal + elsewhere.unequal,
    }
  })
}

function toResult(failure: Failure | undefined) {
  return failure ? { ok: false as const, failure } : { ok: true as const, value: undefined }
}
