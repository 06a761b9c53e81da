import { utf8 } from '../../core/bytes.ts'
import { maxRescueFileBytes } from '../../protocol/limits.ts'
import type { PushRequest } from '../../protocol/push.ts'
import type { RecoverRequest } from '../../protocol/recover.ts'
import { writeRescue } from '../../protocol/rescue.ts'
import { undelivered } from '../db/carried.ts'
import { isRescueNote } from '../db/notes.ts'
import { lostName, type OpName, opName } from '../db/opName.ts'
import { outboxRows, renameUnsent, rowBefore } from '../db/outbox.ts'
import { lostPages } from '../db/pages.ts'
import type { Database, DeviceRow, OutboxRow } from '../db/schema.ts'
import { listSpaces } from '../db/spaces.ts'
import { toPush } from './carry.ts'
import { toRequest } from './recover.ts'
import { nextBatch, sealBatch } from './seal.ts'

/**
 * A rescue file's text, how many changes in it the server's list lacks, and beside them notes that rescue files were
 * made; of which events; and the names of those that were on this device only, a lost page by its own name.
 */
export type MadeRescue = {
  text: string
  changes: number
  notes: number
  spaces: string[]
  rescued: ReadonlySet<OpName>
}

/**
 * Seals rows, in their order, as they would be sent one batch after the other: each goes on from the link before it.
 */
async function sealAll(db: Database, device: DeviceRow, rows: OutboxRow[]): Promise<PushRequest[]> {
  const requests: PushRequest[] = []
  let last: OutboxRow | undefined
  let rest = rows
  for (;;) {
    const batch = nextBatch(rest)
    const first = batch[0]
    if (!first) return requests
    const before = last?.n === first.n - 1 ? last : await rowBefore(db, first)
    const { request, links } = await sealBatch(device, batch, before)
    requests.push(request)
    last = { ...(batch.at(-1) ?? first), link: links.at(-1) ?? '' }
    rest = rest.slice(batch.length)
  }
}

/** What can be sealed: ops under an older key of this device are renamed first, as sync does ([S8]). */
async function sealable(db: Database, space: string, dev: string): Promise<OutboxRow[]> {
  await renameUnsent(db, space)
  const rows = [...(await outboxRows(db, space, 'local')), ...(await outboxRows(db, space, 'parked'))]
  return rows.filter((row) => row.dev === dev).sort((a, b) => a.n - b.n)
}

const sizeOf = (message: PushRequest | RecoverRequest) => utf8(JSON.stringify(message)).length

/** [S13] The way of sealed ops that needs no network on the device that made them; `only`: of this event. */
export async function makeRescue(
  db: Database,
  device: DeviceRow,
  madeAt: number,
  only?: string,
): Promise<MadeRescue | undefined> {
  const rescued = new Set<OpName>()
  const held = new Set<OpName>()
  let notes = 0
  const spaces: { space: string; pushes: PushRequest[]; pages: RecoverRequest[] }[] = []
  const keys = new Set([device.publicKey])
  for (const { space, attendee } of await listSpaces(db)) {
    if (only !== undefined && space !== only) continue
    const rows = await sealable(db, space, device.dev)
    const carried = await undelivered(db, space)
    const certificate = attendee && {
      publicKey: device.publicKey,
      owner: attendee.owner,
      signature: attendee.certificate,
    }
    const own = (await sealAll(db, device, rows)).map((push) => (certificate ? { ...push, certificate } : push))
    const pushes = [...own, ...carried.map(toPush)]
    spaces.push({ space, pushes, pages: [] })
    for (const row of rows) {
      held.add(opName(row))
      if (row.state === 'local') rescued.add(opName(row))
      if (isRescueNote(row.body)) notes++
    }
    for (const name of carried.flatMap(({ waiting, refused }) => [...waiting, ...refused])) {
      held.add(name)
      rescued.add(name)
    }
    for (const { publicKey } of carried) if (publicKey) keys.add(publicKey)
  }
  /** A part of the log is on its readers' devices too: what would make the file too long to be read stays here only. */
  let bytes = spaces.flatMap(({ pushes }) => pushes).reduce((sum, push) => sum + sizeOf(push), 0)
  for (const { space, pages } of spaces) {
    for (const page of await lostPages(db, space)) {
      const request = toRequest(page)
      bytes += sizeOf(request)
      if (bytes > maxRescueFileBytes - 1_000_000) break
      pages.push(request)
      rescued.add(lostName(page))
    }
  }
  const filled = spaces.filter(({ pushes, pages }) => pushes.length + pages.length > 0)
  if (filled.length === 0) return undefined
  const { name, holder } = device
  const lost = filled.flatMap(({ pages }) => pages).reduce((sum, { ops }) => sum + ops.length, 0)
  return {
    text: writeRescue({ madeAt, device: { name, holder }, keys: [...keys], spaces: filled }),
    changes: held.size + lost - notes,
    notes,
    spaces: filled.map(({ space }) => space),
    rescued,
  }
}
