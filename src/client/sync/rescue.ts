import { ok, type Result } from '../../core/result.ts'
import type { Failure } from '../../protocol/failure.ts'
import { maxRescueFileBytes } from '../../protocol/limits.ts'
import type { PushAnswer, PushRequest, PushResult } from '../../protocol/push.ts'
import { type RescueFailure, readRescue, writeRescue } from '../../protocol/rescue.ts'
import { type OpName, opName, outboxRows, renameUnsent, rowBefore } from '../db/outbox.ts'
import type { Database, DeviceRow, OutboxRow } from '../db/schema.ts'
import { listSpaces } from '../db/spaces.ts'
import { ofOneSpace } from './engine.ts'
import type { Identity } from './identity.ts'
import type { Link } from './link.ts'
import { nextBatch, sealBatch } from './seal.ts'

/** A rescue file's text, the events and ops in it, and the names of those that were on this device only. */
export type MadeRescue = { text: string; ops: number; spaces: number; rescued: ReadonlySet<OpName> }

/** What the server said of one op: committed, forked, why it was parked, or why its event was refused. */
export type RescueOutcome = string
/** One sealed push of a rescue file; `outcomes` are in the order of its ops, once the server has answered. */
export type RescuedBatch = { space: string; request: PushRequest; outcomes: RescueOutcome[] | undefined }
export type OpenedRescue = { madeAt: number; device: { name: string; holder: string }; batches: RescuedBatch[] }

export type Rescue = {
  /** Seals what is unsent or parked, of all events or of one, into a file; marks nothing. `undefined`: nothing is. */
  make: (only?: string) => Promise<MadeRescue | undefined>
  read: (file: Blob) => Promise<Result<OpenedRescue, RescueFailure>>
  /** Sends the pushes that were not answered yet; those behind a failure that concerns all stay as they are. */
  send: (opened: OpenedRescue) => Promise<{ opened: OpenedRescue; failure: Failure | undefined }>
}

const isComplete = (request: PushRequest, { results }: PushAnswer) => results.length === request.ops.length
const outcomeOf = (result: PushResult): RescueOutcome => (result.state === 'parked' ? result.reason : result.state)

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
    let ops = 0
    for (const { space } of await listSpaces(db)) {
      const rows = only === undefined || space === only ? await sealable(space) : []
      if (rows.length === 0) continue
      spaces.push({ space, pushes: await sealAll(db, device, rows) })
      for (const row of rows) if (row.state === 'local') rescued.add(opName(row))
      ops += rows.length
    }
    if (ops === 0) return undefined
    const { name, holder } = device
    return {
      text: writeRescue({ madeAt: wall(), device: { name, holder }, spaces }),
      ops,
      spaces: spaces.length,
      rescued,
    }
  }

  async function read(file: Blob): Promise<Result<OpenedRescue, RescueFailure>> {
    if (file.size > maxRescueFileBytes) return { ok: false, failure: { kind: 'foreign' } }
    const content = readRescue(await file.text())
    if (!content.ok) return content
    const { madeAt, device, spaces } = content.value
    const batches = spaces.flatMap(({ space, pushes }) =>
      pushes.map((request): RescuedBatch => ({ space, request, outcomes: undefined })),
    )
    return ok({ madeAt, device, batches })
  }

  /** The server's word on one push, or a failure that concerns every other one too. */
  async function deliver({ space, request }: RescuedBatch): Promise<Result<RescueOutcome[], Failure>> {
    const answer = await link.push(space, request)
    if (!answer.ok) return ofOneSpace.has(answer.failure.kind) ? ok(request.ops.map(() => answer.failure.kind)) : answer
    if (!isComplete(request, answer.value)) return { ok: false, failure: { kind: 'notHadir' } }
    return ok(answer.value.results.map(outcomeOf))
  }

  async function send(opened: OpenedRescue) {
    const batches: RescuedBatch[] = []
    let failure: Failure | undefined
    for (const batch of opened.batches) {
      const answer = failure || batch.outcomes ? undefined : await deliver(batch)
      if (answer && !answer.ok) failure = answer.failure
      batches.push(answer?.ok ? { ...batch, outcomes: answer.value } : batch)
    }
    parts.onDelivered()
    return { opened: { ...opened, batches }, failure }
  }

  return { make, read, send }
}
