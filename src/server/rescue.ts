import { fail, ok, type Result } from '../core/result.ts'
import type { PushRequest } from '../protocol/push.ts'
import type { RecoverRequest } from '../protocol/recover.ts'
import { type RescueFile, readRescue, type RescueFailure as UnreadableFile } from '../protocol/rescue.ts'
import { standingIn } from './auth/access.ts'
import { letInAbsent } from './auth/attendees.ts'
import { takeBack, takeIn } from './auth/intake.ts'
import { createIssuer, type Issuer, newIssuerKey } from './auth/issuer.ts'
import { newSecret } from './auth/keys.ts'
import { createWitness } from './auth/witness.ts'
import type { Store } from './store/store.ts'

/** `otherServer`: neither an event nor a device in the file is known here. */
export type RescueFailure = UnreadableFile | { kind: 'otherServer' }

/** Why nothing of a push was kept; `tooMany`: its device has too much in quarantine already. */
type Refusal = 'unknownDevice' | 'notInEvent' | 'unknownEvent' | 'altered' | 'tooMany'

/** How many ops of one device entered the log, were there already, or did not enter it, by reason. */
export type DeviceReport = {
  dev: string
  /** What the device is called; `undefined` when it is not known here. */
  name: string | undefined
  committed: number
  known: number
  parked: Map<string, number>
  refused: Map<Refusal | 'forked', number>
}

/** `lost`: ops of the log itself that came back, were there, or that this server has never said. */
export type RescueReport = {
  devices: DeviceReport[]
  lost: { committed: number; known: number; refused: number }
}

type Parts = { store: Store; now: () => number }

function count<K>(counts: Map<K, number>, key: K, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by)
}

async function isAnyKnown(store: Store, { spaces }: RescueFile): Promise<boolean> {
  for (const { space, pushes } of spaces) {
    if (await store.findSpace(space)) return true
    for (const { dev } of pushes) if (await store.findDevice(dev)) return true
  }
  return false
}

/** [S13] Judged as the route of a push does, in its author's name; the operator who holds the file needs no grant. */
async function importPush(
  parts: Parts & { issuer: Issuer },
  space: string,
  push: PushRequest,
  report: DeviceReport,
): Promise<void> {
  const { store, now } = parts
  const refuse = (reason: Refusal) => count(report.refused, reason, push.ops.length)
  const known = await store.findDevice(push.dev)
  const before = known && (await standingIn(store, known, space, now()))
  const isIn = before !== undefined && before.state !== 'none'
  const { certificate, dev } = push
  const device = isIn || !certificate ? known : ((await letInAbsent(parts, { space, dev }, certificate)) ?? known)
  if (!device) return refuse('unknownDevice')
  const standing = await standingIn(store, device, space, now())
  if (standing.state === 'none') return refuse('notInEvent')
  const head = (await store.findSpace(space))?.head ?? 0
  const taken = await takeIn(parts, { device, space, standing }, push, { isAuthor: false, isTeam: true })
  if (!taken.ok) {
    const reasons = {
      badRequest: 'altered',
      notFound: 'unknownEvent',
      tooMany: 'tooMany',
      shareUsed: 'tooMany',
    } as const
    return refuse(reasons[taken.failure.kind])
  }
  for (const result of taken.value.results) {
    if (result.state === 'parked') count(report.parked, result.reason, 1)
    else if (result.state === 'forked') count(report.refused, 'forked', 1)
    else if (result.seq > head) report.committed++
    else report.known++
  }
}

/**
 * Takes a rescue file into the database, beside a running server or without one. What the log has lost goes first,
 * since it then gets its old numbers. The same file again changes nothing ([S3]).
 */
export async function importRescue(parts: Parts, text: string): Promise<Result<RescueReport, RescueFailure>> {
  const { store } = parts
  const file = readRescue(text)
  if (!file.ok) return file
  const witness = createWitness(await store.keepSecret('witness', newSecret()))
  const issuer = createIssuer(await store.keepSecret('issuer', newIssuerKey()))
  const devices = new Map<string, DeviceReport>()
  const lost = { committed: 0, known: 0, refused: 0 }

  async function importPage(space: string, page: RecoverRequest): Promise<void> {
    const lacked = await takeBack({ ...parts, witness }, space, page)
    if (lacked === undefined) lost.refused += page.ops.length
    else {
      lost.committed += lacked
      lost.known += page.ops.length - lacked
    }
  }
  async function reportOf(dev: string): Promise<DeviceReport> {
    const name = (await store.findDevice(dev))?.name
    const held = devices.get(dev) ?? { dev, name, committed: 0, known: 0, parked: new Map(), refused: new Map() }
    devices.set(dev, held)
    return held
  }

  const knewAny = await isAnyKnown(store, file.value)
  for (const { space, pages, pushes } of file.value.spaces) {
    for (const page of pages) await importPage(space, page)
    for (const push of pushes) await importPush({ ...parts, issuer }, space, push, await reportOf(push.dev))
  }
  if (!knewAny && lost.committed + lost.known === 0) return fail({ kind: 'otherServer' })
  return ok({ devices: [...devices.values()], lost })
}
