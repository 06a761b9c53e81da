import { createHash } from 'node:crypto'
import { may, mayWrite } from '../../core/access.ts'
import { fromBase64Url, toBase64Url } from '../../core/bytes.ts'
import { chainStart, decodeBody, logLink, maxBodyBytes, type Op, sealLink } from '../../core/op.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import type { Bound, Device, OfferedOp, OpResult, SpaceHead, Store } from '../store/store.ts'
import type { Standing } from './access.ts'
import { isSealed, newId } from './keys.ts'
import type { Witness } from './witness.ts'

/** A sealed push, however it came ([S13]): a request, or a part of a rescue file. */
export type SealedPush = {
  v: number
  dev: string
  previous: string
  signature: string
  ops: [n: number, wall: number, at: number, body: string][]
}

/** A part of the log that a device brings back, with the server's own word for it ([S7]). */
export type LoggedPart = {
  epoch: string
  after: number
  before: string
  chain: string
  witness: string
  devs: string[]
  ops: [v: number, dev: number, n: number, wall: number, at: number, body: string][]
}

export type Author = { device: Device; space: string; standing: Standing }
type Parts = { store: Store; now: () => number }
export type IntakeFailure =
  | { kind: 'badRequest' | 'notFound' }
  | { kind: 'tooMany' | 'shareUsed'; retryAfterMs: number }
export type TakenIn = { found: SpaceHead; results: OpResult[] }

/** Who brings a push: the author's own device or another, and whether it is one of the team's. */
export type Carrying = { isAuthor: boolean; isTeam: boolean }

/**
 * What of one device waits in the quarantine of a space, when it may write nothing there: no disk is filled that way.
 */
const maxParked = { ops: 20_000, bytes: 67_108_864 }
const parkedFullMs = 60_000
/**
 * What an attendee's devices may have in a space by themselves: several times what a family of thirty needs for their
 * signatures and answers. What goes beyond it comes in by the team's hands, as a receipt or a rescue file ([S13]).
 */
export const attendeeShare = { ops: 1_000, bytes: 4_194_304 }
const shareUsedMs = 10 * 60_000

/** The ops of a push, each linked to the one before. Bodies are hashed natively, once for both chains. */
function linkOps(push: SealedPush, space: string) {
  const { v, dev } = push
  let link = fromBase64Url(push.previous) ?? chainStart
  return push.ops.map(([n, wall, at, body]) => {
    const op: Op = { v, space, dev, n, wall, at, body }
    const bodyHash: Uint8Array = createHash('sha256').update(body).digest()
    link = sealLink(link, op, bodyHash)
    return { op, link, bodyHash }
  })
}

/** Who records others' attendance, and so no attendee and no viewer. */
export function isTeam(standing: Standing): boolean {
  return standing.state === 'granted' && may(standing.role, 'checkIn')
}

const isAttendee = (standing: Standing) => standing.state !== 'none' && standing.role === 'attendee'

/** Whether an op enters the log, or why it is parked ([S4]). An unknown kind is nobody's business here ([S9]). */
function judge(op: Op, standing: Standing): OfferedOp['verdict'] {
  if (Buffer.byteLength(op.body) > maxBodyBytes) return 'tooLarge'
  const body = decodeBody(op.body)
  if (!body) return 'unreadable'
  return standing.state === 'granted' && mayWrite(standing.role, body, { owner: standing.owner, dev: op.dev })
    ? 'commit'
    : 'notAllowed'
}

/** A space comes into being with the first push of an organizer of the organization. */
async function findOrCreate({ store, now }: Parts, { space, standing }: Author) {
  const found = await store.findSpace(space)
  if (found || standing.state !== 'granted' || !standing.everywhere) return found
  await store.createSpace(space, newId(), now())
  return store.findSpace(space)
}

/** How much of this author a space takes. */
async function boundOf(
  { store }: Parts,
  { device, space, standing }: Author,
  byTeam: boolean,
): Promise<Bound | undefined> {
  if (standing.state === 'none') return undefined
  const { role, owner } = standing
  if (isAttendee(standing) && !byTeam) {
    const subjects = owner === undefined ? [] : await store.listOwned(space, owner)
    const devs = new Set([device.dev, ...subjects.map((subject) => subject.replace('device:', ''))])
    return { of: 'all', devs: [...devs], ...attendeeShare }
  }
  if (standing.state === 'granted' && may(role, 'push')) return undefined
  return { of: 'parked', devs: [device.dev], ...maxParked }
}

/**
 * Takes in what a device made, whoever brings it: its own standing and its own seal decide. Everything is checked
 * before the store is asked, which holds the space's lock briefly. Under another's name nothing is kept that it has not
 * sealed.
 */
export async function takeIn(
  parts: Parts,
  author: Author,
  push: SealedPush,
  { isAuthor, isTeam: byTeam }: Carrying,
): Promise<Result<TakenIn, IntakeFailure>> {
  const { dev, previous, signature, ops } = push
  const { device, space, standing } = author
  if (ops.some(([n], index) => n <= (ops[index - 1]?.[0] ?? 0))) return fail({ kind: 'badRequest' })
  const linked = linkOps(push, space)
  const sealed = isSealed(device.point, linked.at(-1)?.link ?? chainStart, signature)
  if (!sealed && !isAuthor) return fail({ kind: 'badRequest' })
  const offered = linked.map(({ op, link, bodyHash }): OfferedOp => {
    return { op, link: toBase64Url(link), verdict: sealed ? judge(op, standing) : 'badSeal', bodyHash }
  })
  const found = await findOrCreate(parts, author)
  if (!found) return fail({ kind: 'notFound' })
  const bound = await boundOf(parts, author, byTeam)
  const batch = { dev, receivedAt: parts.now(), previous, signature, ops: offered, bound }
  const results = await parts.store.append(space, batch)
  if (results !== 'full') return ok({ found, results })
  if (bound?.of === 'parked') return fail({ kind: 'tooMany' as const, retryAfterMs: parkedFullMs })
  if (standing.state !== 'none' && standing.owner !== undefined)
    await parts.store.markFull(space, standing.owner, parts.now())
  return fail({ kind: 'shareUsed' as const, retryAfterMs: shareUsedMs })
}

/**
 * Takes back what the server itself once said was in its log; its own word for it is the proof ([S7]), also of a space
 * that the backup did not know. How many ops it lacked; `undefined` when that was never its word.
 */
export async function takeBack(
  { store, now, witness }: Parts & { witness: Witness },
  space: string,
  part: LoggedPart,
): Promise<number | undefined> {
  const { epoch, after, before, chain, devs } = part
  const ops: Op[] = []
  let link = fromBase64Url(before) ?? chainStart
  for (const [v, index, n, wall, at, body] of part.ops) {
    const dev = devs[index]
    if (dev === undefined) return undefined
    const op = { v, space, dev, n, wall, at, body }
    ops.push(op)
    link = logLink(link, after + ops.length, op)
  }
  const isOurs = witness.holds({ space, epoch, seq: after + ops.length, chain }, part.witness)
  if (!isOurs || toBase64Url(link) !== chain) return undefined
  if (!(await store.findSpace(space))) await store.createSpace(space, newId(), now())
  return store.recover(space, ops, now())
}
