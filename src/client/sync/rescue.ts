import { fromBase64Url, toBase64Url } from '../../core/bytes.ts'
import { ok, type Result } from '../../core/result.ts'
import type { Failure } from '../../protocol/failure.ts'
import { maxRescueFileBytes } from '../../protocol/limits.ts'
import type { PushRequest } from '../../protocol/push.ts'
import { type RescueFailure, readRescue, writeRescue } from '../../protocol/rescue.ts'
import { addCarried, settleCarried, undelivered } from '../db/carried.ts'
import { type OpName, opName } from '../db/opName.ts'
import { outboxRows, renameUnsent, rowBefore } from '../db/outbox.ts'
import { loggedOps } from '../db/pages.ts'
import type { CarriedOutcome, Database, DeviceRow, OutboxRow } from '../db/schema.ts'
import { listSpaces, readSpace } from '../db/spaces.ts'
import { deliver, lastLink, toCarried, toPush } from './carry.ts'
import { deviceId, isSignedBy } from './deviceKey.ts'
import type { Identity } from './identity.ts'
import type { Link } from './link.ts'
import { ofOneSpace } from './rounds.ts'
import { nextBatch, sealBatch } from './seal.ts'

/** A rescue file's text, the events and ops in it, and the names of those that were on this device only. */
export type MadeRescue = { text: string; ops: number; spaces: number; rescued: ReadonlySet<OpName> }

/** What the server said of one op: committed, forked, why it was parked, or why its event was refused. */
export type RescueOutcome = string
/**
 * One sealed push of a rescue file; `outcomes` are in the order of its ops, once the server has answered or this device
 * knows without it. `carried`: it is in this device's lists, and goes out by itself.
 */
export type RescuedBatch = {
  space: string
  request: PushRequest
  outcomes: RescueOutcome[] | undefined
  carried: boolean
}
export type OpenedRescue = { madeAt: number; device: { name: string; holder: string }; batches: RescuedBatch[] }

export type Rescue = {
  /** Seals what is unsent or parked, of all events or of one, into a file; marks nothing. `undefined`: nothing is. */
  make: (only?: string) => Promise<MadeRescue | undefined>
  /**
   * Opens a file and carries what is in it for the events of this device, with or without a network: it is on the disk
   * and in their lists when this resolves. Opening it again changes nothing.
   */
  read: (file: Blob) => Promise<Result<OpenedRescue, RescueFailure>>
  /** Sends the pushes that were not answered yet; those behind a failure that concerns all stay as they are. */
  send: (opened: OpenedRescue) => Promise<{ opened: OpenedRescue; failure: Failure | undefined }>
}

const toWord = (outcome: CarriedOutcome): RescueOutcome => ('reason' in outcome ? outcome.reason : 'committed')

type KnownOps = ReadonlySet<OpName>

const refusedAs = (batch: RescuedBatch, reason: string) => ({
  ...batch,
  outcomes: batch.request.ops.map(() => reason),
})

/** Seals rows, in their order, as they would be sent one batch after the other: each goes on from the link before it. */
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

/** [S13] The way of sealed ops that needs no network on the device that made them. */
export function createRescue(parts: {
  db: Database
  link: Link
  identity: Identity
  wall: () => number
  /** Something was delivered: it is now for the reader to pull. */
  onDelivered: () => void
}): Rescue {
  const { db, link, identity, wall } = parts

  /** What can be sealed: ops under an older key of this device are renamed first, as a push does ([S8]). */
  async function sealable(space: string): Promise<OutboxRow[]> {
    const { dev } = identity.device()
    for (const row of await outboxRows(db, space, 'local')) {
      if (row.dev !== dev) await renameUnsent(db, space, row.dev, dev)
    }
    const rows = [...(await outboxRows(db, space, 'local')), ...(await outboxRows(db, space, 'parked'))]
    return rows.filter((row) => row.dev === dev).sort((a, b) => a.n - b.n)
  }

  async function make(only?: string): Promise<MadeRescue | undefined> {
    const device = identity.device()
    const rescued = new Set<OpName>()
    const spaces = []
    const keys = new Set([device.publicKey])
    let ops = 0
    for (const { space } of await listSpaces(db)) {
      if (only !== undefined && space !== only) continue
      const rows = await sealable(space)
      const carried = await undelivered(db, space)
      const pushes = [...(await sealAll(db, device, rows)), ...carried.map(toPush)]
      if (pushes.length === 0) continue
      spaces.push({ space, pushes })
      for (const row of rows) if (row.state === 'local') rescued.add(opName(row))
      for (const name of carried.flatMap(({ waiting }) => waiting)) rescued.add(name)
      for (const { publicKey } of carried) if (publicKey) keys.add(publicKey)
      ops += pushes.reduce((sum, push) => sum + push.ops.length, 0)
    }
    if (ops === 0) return undefined
    const { name, holder } = device
    return {
      text: writeRescue({ madeAt: wall(), device: { name, holder }, keys: [...keys], spaces }),
      ops,
      spaces: spaces.length,
      rescued,
    }
  }

  /** What is known of a batch without the server, and its place among what this device carries. */
  async function open(space: string, request: PushRequest, keyOf: ReadonlyMap<string, string>, known: KnownOps) {
    const all = (outcome: RescueOutcome) => ({
      space,
      request,
      outcomes: request.ops.map(() => outcome),
      carried: false,
    })
    const publicKey = keyOf.get(request.dev)
    if (publicKey && !(await isSignedBy(publicKey, lastLink(space, request), request.signature)))
      return all('badRequest')
    if (request.ops.every(([n]) => known.has(opName({ space, dev: request.dev, n })))) return all('committed')
    if (!(await readSpace(db, space))) return { space, request, outcomes: undefined, carried: false }
    await addCarried(db, [
      toCarried(space, request, { from: 'file', takenAt: wall(), ...(publicKey && { publicKey }) }),
    ])
    return { space, request, outcomes: undefined, carried: true }
  }

  async function read(file: Blob): Promise<Result<OpenedRescue, RescueFailure>> {
    if (file.size > maxRescueFileBytes) return { ok: false, failure: { kind: 'foreign' } }
    const content = readRescue(await file.text())
    if (!content.ok) return content
    const { madeAt, device, keys, spaces } = content.value
    const keyOf = new Map(keys.map((key) => [deviceId(fromBase64Url(key) ?? new Uint8Array()), key]))
    const batches: RescuedBatch[] = []
    for (const { space, pushes } of spaces) {
      const known = await loggedOps(db, space, new Set(pushes.map(({ dev }) => dev)))
      for (const request of pushes) batches.push(await open(space, request, keyOf, known))
    }
    return ok({ madeAt, device, batches })
  }

  async function sendBatch(batch: RescuedBatch): Promise<Result<RescuedBatch, Failure>> {
    const { space, request } = batch
    const answer = await deliver(link, space, request)
    if (!answer.ok) return ofOneSpace.has(answer.failure.kind) ? ok(refusedAs(batch, answer.failure.kind)) : answer
    const row = await db.carried.get([space, request.dev, toBase64Url(lastLink(space, request))])
    if (row) await settleCarried(db, row, answer.value)
    return ok({ ...batch, outcomes: answer.value.map(toWord) })
  }

  async function send(opened: OpenedRescue) {
    const batches: RescuedBatch[] = []
    let failure: Failure | undefined
    for (const batch of opened.batches) {
      const sent = failure || batch.outcomes ? undefined : await sendBatch(batch)
      if (sent && !sent.ok) failure = sent.failure
      batches.push(sent?.ok ? sent.value : batch)
    }
    parts.onDelivered()
    return { opened: { ...opened, batches }, failure }
  }

  return { make, read, send }
}
