import { may } from '../../../src/core/access.ts'
import { readAttendance } from '../../../src/core/attendance.ts'
import { toBase64Url } from '../../../src/core/bytes.ts'
import { isLate } from '../../../src/core/closing.ts'
import { fold } from '../../../src/core/fold.ts'
import { chainStart, logLink } from '../../../src/core/op.ts'
import { readPeople } from '../../../src/core/person.ts'
import { viewOf } from '../../../src/core/view.ts'
import type { LoggedOp } from '../../../src/server/store/store.ts'
import { canonicalState } from '../../support/canonicalState.ts'
import { readByHand } from './byHand.ts'
import { checkLate } from './closing.ts'
import type { Device } from './device.ts'
import { saltOf } from './ledger.ts'
import { quarantined } from './losses.ts'
import { readLog } from './mishaps.ts'
import { former } from './versions.ts'
import { checkVotes } from './votes.ts'
import type { World } from './world.ts'

type Log = { space: string; epoch: string; head: number; chain: string; ops: LoggedOp[] }

/** The seven points (the numbers), each an independent look at the end of a script. */
export async function check(world: World): Promise<string[]> {
  const logs: Log[] = []
  for (const space of [world.event, world.other]) {
    const page = await world.host.store().readPage(space, undefined, { maxOps: 1e6, maxBytes: 1e9 })
    if (page?.state === 'page') logs.push(page)
  }
  for (const { epoch, head, chain } of logs) world.trace.note(`The log ends at ${epoch} ${head} ${chain}`)
  const failures = logs.flatMap((log) => [
    ...checkChain(world, log),
    ...checkOnce(world, log),
    ...checkOwners(world, log),
    ...checkLate(world, log.ops),
  ])
  failures.push(...(await checkSaved(world, logs)), ...checkUndo(world, logs))
  for (const log of logs) failures.push(...(await checkVotes(world, log)))
  for (const device of world.devices.filter(({ isGone }) => !isGone)) {
    for (const log of logs) failures.push(...(await checkDevice(world, device, log)))
  }
  return failures
}

/** 3: numbers without gaps, a chain that verifies, no time later than its receipt. */
function checkChain(world: World, { space, head, chain, ops }: Log): string[] {
  const failures: string[] = []
  let link: Uint8Array = chainStart
  ops.forEach((op, i) => {
    if (op.seq !== i + 1) failures.push(`The log has ${op.seq} in the place of ${i + 1}`)
    if (op.at > world.time.now()) failures.push(`Op ${op.seq} is of the future: ${new Date(op.at).toISOString()}`)
    link = logLink(link, op.seq, { ...op, space })
  })
  if (ops.length !== head) failures.push(`The log says ${head} and has ${ops.length}`)
  if (ops.length > 0 && toBase64Url(link) !== chain) failures.push('The chain of the log does not verify')
  return failures
}

/** 1: nothing twice. An op gets a second name only when the disk of its device was put back ([S8]). */
function checkOnce(world: World, { ops }: Log): string[] {
  const { saved, rolledBack } = world.ledger
  const names = new Map<string, string[]>()
  for (const { body, dev, n } of ops) names.set(body, [...(names.get(body) ?? []), `${dev}.${n}`])
  return [...names].flatMap(([body, all]) => {
    const author = saved.get(saltOf(body))?.device
    if (all.length === 1 || !author || rolledBack.has(author)) return []
    return [`Twice in the log, as ${all.join(' and ')}: ${body.slice(0, 60)}`]
  })
}

/** 5: an attendee's phone changed no record but a person's of its own. */
function checkOwners({ ledger }: World, { ops }: Log): string[] {
  return ops.flatMap(({ dev, body }) => {
    const author = [...ledger.devs].find(([, devs]) => devs.has(dev))?.[0]
    if (author === undefined || ledger.released.has(saltOf(body))) return []
    const owners = [...(ledger.owners.get(author) ?? [])]
    const changes: unknown[][] = JSON.parse(body).slice(1)
    return changes
      .filter(([type, kind, id]) => {
        return type === 's' && (kind !== 'person' || !owners.some((owner) => String(id).startsWith(owner)))
      })
      .map(([, kind, id]) => `${author} was let change a ${kind} that is not his: ${id}`)
  })
}

/** 1 and 6: what was saved is in the log or parked where its author sees it; what was acknowledged is in the log. */
async function checkSaved(world: World, logs: Log[]): Promise<string[]> {
  const { saved, acknowledged, excused } = world.ledger
  const logged = new Set(logs.flatMap(({ ops }) => ops.map(({ body }) => saltOf(body))))
  const shown = new Map<string, Set<string>>()
  for (const device of world.devices.filter(({ isGone }) => !isGone)) {
    const tab = await device.tab(0)
    const { db, identity } = await tab.ready
    const { inState } = tab.app
    const aside = [...(await inState(db, 'parked').toArray()), ...(await inState(db, 'released').toArray())]
    const parked = aside.filter(({ parkedFor }) => parkedFor)
    const local = await inState(db, 'local').toArray()
    const isKnown = (space: string) => world.ledger.known.get(device.name)?.has(space)
    const stranded = local.filter(({ space }) => !identity.known().enrolled || !isKnown(space))
    shown.set(device.name, new Set([...parked, ...stranded].map(({ body }) => saltOf(body))))
  }
  const failures: string[] = []
  const inQuarantine = new Set<string>()
  for (const space of [world.event, world.other])
    for (const salt of await quarantined(world, space)) inQuarantine.add(salt)
  for (const [salt, { device }] of saved) {
    if (logged.has(salt) || inQuarantine.has(salt) || excused.has(salt) || shown.get(device)?.has(salt)) continue
    failures.push(`${device} was told that ${salt} is saved, and it is nowhere`)
  }
  /** Offered again after a restore by a device whose grant has ended: in the quarantine, and in sight of its author. */
  const isShown = (salt: string) => shown.get(saved.get(salt)?.device ?? '')?.has(salt)
  for (const salt of acknowledged.keys()) {
    if (!logged.has(salt) && !excused.has(salt) && !isShown(salt) && !inQuarantine.has(salt))
      failures.push(`${salt} was acknowledged and is not in the log`)
  }
  return failures
}

/** 4: an undo withdraws what its author had seen and nothing else. */
function checkUndo(world: World, logs: Log[]): string[] {
  return logs.flatMap(({ ops }) =>
    [...fold(ops).voids].flatMap(([fact, voidings]) => {
      const authors = ops.filter(({ dev, n }) => voidings.some(({ stamp }) => stamp.dev === dev && stamp.n === n))
      return authors.flatMap(({ body }) => {
        const seen = world.ledger.seenByUndo.get(saltOf(body))
        return seen && !seen.has(fact) ? [`An undo withdrew ${fact}, which its author had not seen`] : []
      })
    }),
  )
}

/** 2, 3, 4, 5: a device holds what it may see, whole and to the byte, on the disk and on the screen. */
async function checkDevice(world: World, device: Device, log: Log): Promise<string[]> {
  const tab = await device.tab(0)
  const { db, identity } = await tab.ready
  const { name } = device
  const role = world.ledger.grants.get(name)?.get(log.space)
  const row = await db.spaces.get(log.space)
  const pages = await readLog(tab, log.space)
  const held = pages.flatMap(({ unpacked }) => unpacked)
  if (role === 'attendee') return checkView(world, device, log)
  const gap = pages.find(
    (page, i) => page.after !== (i === 0 ? 0 : (pages[i - 1]?.after ?? 0) + (pages[i - 1]?.count ?? 0)),
  )
  if (gap) return [`${name} has a gap before ${gap.after}`]
  /** The last view of one who was revoked as an attendee lies here until his anonymous answer is decided on. */
  if (row && !row.attendee && row.seq !== held.length)
    return [`${name} has read through ${row.seq} and holds ${held.length} ops`]
  if (!role || !may(role, 'pull') || !identity.known().enrolled) return []
  if (!row) return [`${name} does not hold a space that it may see`]
  if (row.seq !== log.head || (log.head > 0 && row.chain !== log.chain))
    return [`${name} stands at ${row.seq} of ${log.head}${row.chain === log.chain ? '' : ', in another chain'}`]
  const pulled = held.map(([, dev, n, wall, at, body]) => ({ dev, n, wall, at, body }))
  const own = (await tab.app.pendingRows(db, log.space, row.seq)).map(tab.app.toOp)
  const truth = fold(log.ops)
  const failures: string[] = []
  if (canonicalState(fold([...pulled, ...own])) !== canonicalState(truth))
    failures.push(`${name} holds another state than the server`)
  failures.push(...(await checkScreen(device, log, truth)))
  return failures
}

/** 2: an attendee's phone holds the view of the log as it is now. */
async function checkView(world: World, device: Device, log: Log): Promise<string[]> {
  const tab = await device.tab(0)
  const { db } = await tab.ready
  const owner = (await db.spaces.get(log.space))?.attendee?.owner
  if (!owner) return [`${device.name} did not come in`]
  const subjects = await world.host.store().listOwned(log.space, owner)
  const devs = new Set(subjects.map((subject) => subject.replace('device:', '')))
  const held = (await readLog(tab, log.space)).flatMap(({ unpacked }) => unpacked)
  const shown = fold(held.map(([, dev, n, wall, at, body]) => ({ dev, n, wall, at, body })))
  if (canonicalState(shown) === canonicalState(fold(viewOf(fold(log.ops), { owner, devs, now: world.time.now() }))))
    return []
  return [`${device.name} holds another view than the server has`]
}

async function checkScreen(device: Device, log: Log, truth: ReturnType<typeof fold>): Promise<string[]> {
  const tab = await device.tab(0)
  const space = await tab.open(log.space)
  if (!space) return [`${device.name} cannot open its event`]
  const { db } = await tab.ready
  const failures: string[] = []
  const onScreen = (sessions: ReturnType<typeof readAttendance>) =>
    JSON.stringify(
      [...sessions]
        .flatMap(([session, people]) =>
          [...people.values()].map((one) =>
            [session, one.person, one.arrivedAt, one.facts.map(({ id }) => id).sort()].join(),
          ),
        )
        .sort(),
    )
  if (onScreen(space.attendance.value) !== onScreen(readAttendance(truth)))
    failures.push(`${device.name} shows another attendance than the server's`)
  const byHand = readByHand(log.ops).attended
  const counted = byHand.map(({ session, person }) => `${session} ${person}`)
  const shown = [...space.attendance.value].flatMap(([session, people]) =>
    [...people.keys()].map((person) => `${session} ${person}`),
  )
  if (shown.sort().join() !== counted.sort().join())
    failures.push(`${device.name} shows ${shown.length} present, counted by hand ${byHand.length}`)
  const late = byHand.filter((one) => one.isLate).map(({ session, person }) => `${session} ${person}`)
  const shownLate = [...space.attendance.value].flatMap(([id, people]) => {
    const session = space.sessions.value.find((one) => one.id === id)
    return [...people.values()].filter((one) => isLate(session, one)).map(({ person }) => `${id} ${person}`)
  })
  /** A former app knows of no closing. */
  if (tab.app !== former.client && shownLate.sort().join() !== late.sort().join())
    failures.push(`${device.name} shows ${shownLate.length} late, counted by hand ${late.length}`)
  const people = (found: ReturnType<typeof readPeople>) =>
    JSON.stringify([...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1)))
  if (people(space.people.value) !== people(readPeople(truth)))
    failures.push(`${device.name} shows other people than the server's`)
  const parked = await tab.app.outboxRows(db, log.space, 'parked')
  if (parked.length !== space.unsent.value.parked.length) failures.push(`${device.name} does not show its parked ops`)
  return failures
}
