import { fail, ok, type Result } from '../../core/result.ts'
import type { EnrolAnswer } from '../../protocol/enrol.ts'
import type { Failure } from '../../protocol/failure.ts'
import { mostCertificates } from '../../protocol/limits.ts'
import type { SessionAnswer } from '../../protocol/session.ts'
import { eraseAll, isAllHandedOver } from '../db/ended.ts'
import { claimDevice, lastMarkOf, markOf, nobody, readDevice, readIdentity, writeHeld } from '../db/meta.ts'
import { countUnsent } from '../db/outbox.ts'
import type { Database, DeviceRow, IdentityRow } from '../db/schema.ts'
import { applyGrants, listSpaces } from '../db/spaces.ts'
import { makeDevice, toEnrolRequest } from './deviceKey.ts'
import type { Answer, Link } from './link.ts'

/**
 * Who this browser is: its key, and what the server last said of it. The key is made before there is a network, so that
 * work can begin at once; the server gets to know it when the device enrols.
 */
export type Identity = {
  device: () => DeviceRow
  known: () => IdentityRow
  /** Asks the server, keeps its answer and brings the list of spaces in line. */
  refresh: () => Promise<Failure | undefined>
  /** Enrols this device for the signed-in account, or with an invite code; says which space the code opened. */
  enrol: (options: { holder?: string; code?: string }) => Promise<Result<string | undefined, Failure>>
  /** Enrols with the code of an event's gate, in one call: the answer holds all that an attendee's device needs. */
  enter: (code: string) => Promise<Result<EnrolAnswer, Failure>>
  /** The server has answered such a call that was made with this device's key. */
  entered: (answer: EnrolAnswer) => Promise<void>
  /** A person has read that this device's storage had been cleared. */
  forgetWipe: () => Promise<void>
  /**
   * [S11] This device was revoked as a whole and has handed everything over: it erases what it holds, its key too, and
   * is a new one from then on.
   */
  leave: () => Promise<void>
  /** [S8] Another copy of this browser used this key: a new one takes its place, unless another tab was faster. */
  renew: (forked: DeviceRow) => Promise<Result<DeviceRow, Failure>>
}

/** What the server once certified of this device: it believes itself after a restore from a backup. */
async function readCertificates(db: Database) {
  const held = (await listSpaces(db)).filter(({ role, revoked }) => role === 'attendee' && !revoked)
  return held.flatMap(({ space, attendee }) =>
    attendee ? [{ space, owner: attendee.owner, signature: attendee.certificate }] : [],
  )
}

type Wipe = Pick<IdentityRow, 'wipedAt' | 'recovered' | 'unread'>
function wipeOf({ wipedAt, recovered, unread }: Wipe = {}): Wipe {
  return {
    ...(wipedAt !== undefined && { wipedAt }),
    ...(recovered !== undefined && { recovered }),
    ...(unread && { unread }),
  }
}

/** Whether it is another account than the last that was signed in here. */
export function isOtherAccount(known: IdentityRow, email: string): boolean {
  const last = lastMarkOf(known)
  return last !== undefined && last !== markOf(email)
}

/**
 * Whether what a copy gave back of an account waits here until that account signs in: it would be sent as the work of
 * whoever comes in by a code.
 */
export async function holdsFound(db: Database, { lastAccount, lastMark }: IdentityRow): Promise<boolean> {
  return lastAccount === undefined && lastMark !== undefined && (await listSpaces(db)).length > 0
}

/** Reads whose device this is, and makes its key where there is none. */
export async function createIdentity(parts: {
  db: Database
  link: Link
  deviceName: string
  /** The key of a browser that was here for the first time before its database was there. */
  made?: DeviceRow | undefined
  /** Whether events were held here, as far as something beside the database tells; forgotten with the key. */
  mark?: { isSet: () => boolean }
  /** What lies beside the database is to be forgotten with the key. */
  onForgotten?: () => Promise<void>
  wall?: () => number
  onChange: (identity: IdentityRow) => void
}): Promise<Identity> {
  const { db, link, deviceName, mark, wall = Date.now, onForgotten, onChange } = parts
  const kept = await readDevice(db)
  let device = kept ?? (await claimDevice(db, parts.made ?? (await makeDevice(deviceName, ''))))
  const keptIdentity = await readIdentity(db)
  /**
   * No server ever said who this is: the browser is new, or its storage was cleared and its cookie was not. A key alone
   * tells nothing, since one is made at a start without a network too.
   */
  const isEmpty = !keptIdentity?.enrolled
  let wiped = wipeOf(keptIdentity)
  if (!keptIdentity && mark?.isSet()) wiped = { wipedAt: wall() }
  let known = keptIdentity ?? nobody
  if (wiped.wipedAt !== undefined) await know({ ...known, ...wiped })
  onChange(known)

  /**
   * A browser that the server knows, but not by this key, was cut off between two steps of enrolling or of taking a new
   * key: it takes the step again. Another tab may have done so, hence the key is read anew. A device that was enrolled
   * and is unknown now has lost its cookie, which a browser writes to the disk later than its database; one whose
   * attendee's grants are missing may speak to a server that was restored from a backup, and shows its certificates.
   */
  async function askSession(): Answer<SessionAnswer> {
    await readKey()
    const answer = await link.session(await countUnsent(db))
    if (!answer.ok) return answer
    if (await isOthers(answer.value)) return ok({ ...answer.value, account: null, organizer: false, auditor: false })
    const { account, device: named } = answer.value
    const isNobody = !account && !named && !known.enrolled
    const granted = new Set(answer.value.spaces.map(({ space }) => space))
    const certificates = (await readCertificates(db))
      .filter(({ space }) => !granted.has(space))
      .slice(0, mostCertificates)
    if (isNobody || (named?.dev === device.dev && certificates.length === 0)) return answer
    const enrolled = await link.enrol({ ...(await toEnrolRequest(device)), certificates })
    if (enrolled.ok && isEmpty && named && !known.enrolled) {
      await keep({ ...device, holder: named.holder })
      wiped = { wipedAt: wall(), ...wiped }
    }
    if (enrolled.ok) return link.session()
    return enrolled.failure.kind === 'unauthorized' ? answer : enrolled
  }

  /**
   * Who signed in here is another person than the one whose events and unsent work lie here: he does not take them
   * over.
   */
  async function isOthers({ account, device: named }: SessionAnswer): Promise<boolean> {
    const isOther = account !== null && isOtherAccount(known, account.email)
    return isOther && named === null && (await listSpaces(db)).length > 0
  }

  async function refresh(): Promise<Failure | undefined> {
    const answer = await askSession()
    if (!answer.ok) return answer.failure
    const { account, organizer, auditor, needsSetup, spaces, issuer, ended, revoked } = answer.value
    const enrolled = answer.value.device?.dev === device.dev
    const lastAccount = account?.email ?? known.lastAccount
    await know({
      key: 'identity',
      account,
      organizer,
      needsSetup,
      enrolled,
      issuer,
      ...(lastAccount !== undefined ? { lastAccount } : known.lastMark && { lastMark: known.lastMark }),
      ...wiped,
      ...(revoked && { revoked }),
      ...(auditor && { auditor }),
    })
    if (enrolled) await applyGrants(db, spaces, organizer, ended, device.dev)
    return undefined
  }

  async function know(next: IdentityRow): Promise<void> {
    if (JSON.stringify(next) === JSON.stringify(known)) return
    if (!(await writeHeld(db, device.dev, next))) return
    known = next
    onChange(next)
  }

  async function entered({ issuer }: EnrolAnswer): Promise<void> {
    await know({ ...known, enrolled: true, issuer })
  }

  /**
   * One after the other: two enrolments at once would each bring a cookie, and the browser might keep the one that the
   * server has forgotten.
   */
  let last: Promise<unknown> = Promise.resolve()
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }

  async function enrol({ holder, code }: { holder?: string; code?: string }) {
    const answer = await link.enrol({ ...(await toEnrolRequest(await readKey())), holder, code })
    if (!answer.ok) return answer
    if (holder) await keep({ ...device, holder })
    const failure = await refresh()
    return failure ? fail(failure) : ok(answer.value.granted?.space)
  }

  /** Another tab may have taken a new key since. */
  async function readKey(): Promise<DeviceRow> {
    device = (await readDevice(db)) ?? device
    return device
  }

  async function keep(row: DeviceRow): Promise<void> {
    if (await writeHeld(db, device.dev, row)) device = row
  }

  return {
    device: () => device,
    known: () => known,
    refresh: () => inTurn(refresh),
    enrol: (options) => inTurn(() => enrol(options)),
    enter: async (code) => {
      const answer = await link.enrol({ ...(await toEnrolRequest(await readKey())), code })
      if (answer.ok) await entered(answer.value)
      return answer
    },
    entered,
    forgetWipe: async () => {
      wiped = {}
      const { wipedAt: _, recovered: __, unread: ___, ...rest } = known
      await know(rest)
    },
    leave: async () => {
      const isHeld = (await listSpaces(db)).some(({ ended }) => ended) || !(await isAllHandedOver(db))
      if (!known.revoked || isHeld || !(await link.signOut()).ok) return
      if (!(await eraseAll(db, wall()))) return
      await onForgotten?.()
      device = await claimDevice(db, await makeDevice(deviceName, ''))
      known = nobody
      onChange(known)
    },
    renew: async (forked) => {
      if ((await readKey()).dev !== forked.dev) return ok(device)
      const next = await makeDevice(device.name, device.holder)
      const answer = await link.enrol({ ...(await toEnrolRequest(next)), ...(next.holder && { holder: next.holder }) })
      if (!answer.ok) return answer
      await keep(next)
      /** An attendee's certificate is about his key. Without an answer the next round brings it. */
      await refresh()
      return ok(device)
    },
  }
}
