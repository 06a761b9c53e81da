import type { Database } from '../../../src/client/db/schema.ts'
import type { OpenSpace } from '../../../src/client/state/openSpace.ts'
import { may } from '../../../src/core/access.ts'
import { ballotBox } from '../../../src/core/form/ballot.ts'
import { publishVersion, setForm } from '../../../src/core/form/form.ts'
import { newQuestion } from '../../../src/core/form/question.ts'
import { emptyBallotBox } from '../../../src/server/auth/ballotBox.ts'
import { type Action, actions, pickAttendance } from './actions.ts'
import { attendeeActions, isAttendee } from './attendees.ts'
import { type LoggedBody, readByHand } from './byHand.ts'
import type { Device } from './device.ts'
import { met } from './ledger.ts'
import { former, present } from './versions.ts'
import type { World } from './world.ts'

export type Form = { id: string; version: string }

/** An anonymous form that is open. */
export async function publishForm(space: OpenSpace): Promise<Form> {
  const form = { id: space.newId(), version: space.newId() }
  const title = { id: 'Evaluasi', en: 'Evaluation' }
  const questions = [newQuestion('saran', 'short')]
  const version = publishVersion({ id: form.version, form: form.id, number: 1, questions })
  await space.commit([setForm(form.id, { title, anonymous: true, open: true }), ...version])
  return form
}

/** The answers in a text: each script gives every one of its own. */
export const votesIn = (text: string): string[] => text.match(/suara-\d+-\d+/g) ?? []

/** The answers that wait for the server, with their person or without. */
export async function countWaiting(db: Database): Promise<number> {
  const rows = [...(await db.tickets.toArray()), ...(await db.ballots.toArray())]
  return rows.filter(({ state }) => state === 'waiting').length
}

/**
 * What the server's timer does once answers have waited for a day, so that fewer than five get into the log as well.
 */
export async function emptyBox({ host, event, form, time }: World): Promise<boolean> {
  if (host.version() !== present) return false
  const store = host.store()
  const listBallots: typeof store.listBallots = async (...of) =>
    (await store.listBallots(...of)).map((ballot) => ({ ...ballot, day: ballot.day - 1 }))
  return emptyBallotBox({ ...store, listBallots }, { space: event, form: form.id }, time.now())
}

export const voteActions = {
  /** Somebody who was there answers an anonymous form, on a phone of his own or of the team. */
  answer: async (scene) => {
    const { tab, space, world, device, chance } = scene
    const { ledger, form } = world
    if (space.id !== world.event || !may(space.role.value, 'push')) return
    if (!pickAttendance(scene)) await (isAttendee(device) ? attendeeActions.signIn(scene) : actions.checkIn(scene))
    const person = pickAttendance(scene)?.person
    if (!person) return
    const { db, engine } = await tab.ready
    const vote = `suara-${ledger.votes.size}-${chance.below(1e9)}`
    const held = { version: form.version, answers: { saran: vote }, writtenAt: device.wall() }
    /** A former app writes the same. */
    const noted = { device: device.name, person, space: space.id, isKept: false }
    ledger.votes.set(vote, noted)
    const kept = { space: space.id, form: form.id, person, ...held }
    noted.isKept = await tab.orDeath(present.client.keepAnswers(db, kept))
    engine.trigger('commit')
  },
  countVotes: ({ world }) => emptyBox(world),
} satisfies Record<string, Action>

/** All that leads from an answer to who gave it, or whose phone it was. */
function namesOf({ ledger, devices }: World): string[] {
  const people = [...ledger.votes.values()].map(({ person }) => person)
  return [...people, ...devices.flatMap(({ name, keys }) => [name, ...keys])]
}

/** An answer leaves as nobody's. */
export function hearVote(world: World, { request, cookie }: { request: unknown; cookie: string }): void {
  const text = JSON.stringify(request) ?? ''
  if (cookie) world.ledger.violations.push('An answer left with a cookie')
  for (const name of namesOf(world))
    if (text.includes(name)) world.ledger.violations.push(`An answer left with ${name}`)
}

/** Every answer that was kept is counted once or still to be seen where it was given, and is nobody's. */
export async function checkVotes(world: World, log: { space: string; ops: LoggedBody[] }): Promise<string[]> {
  const { ledger, event, form, host, devices } = world
  if (log.space !== event) return []
  const box = await host.store().listBallots(event, form.id)
  const given = log.ops.filter(({ body }) => votesIn(body).length > 0)
  const counted = [...given, ...box].flatMap(({ body }) => votesIn(body))
  const failures: string[] = []
  const names = namesOf(world)
  for (const { dev, body } of given)
    if (dev !== ballotBox(form.id) || names.some((name) => body.includes(name)))
      failures.push(`An answer in the log is somebody's: ${body.slice(0, 80)}`)
  const left = new Map<string, string>()
  for (const device of devices.filter(({ isGone }) => !isGone)) {
    const { of, leaks } = await readVotes(world, device, log)
    for (const [vote, where] of of) left.set(`${device.name} ${vote}`, where)
    failures.push(...leaks)
  }
  for (const [vote, { device, isKept }] of ledger.votes) {
    const times = counted.filter((one) => one === vote).length
    const where = left.get(`${device} ${vote}`)
    if (isKept) met(ledger, times > 0 ? 'answer counted' : `answer not counted: ${where ?? 'destroyed'}`)
    if (times > 1 && !ledger.rolledBack.has(device)) failures.push(`${vote} of ${device} is counted ${times} times`)
    if (times > 0 || !isKept || ledger.excused.has(vote)) continue
    if (where === undefined) failures.push(`${device} was told that ${vote} is kept, and it is nowhere`)
    else if (!where.startsWith('rightly')) failures.push(`${vote} of ${device} is ${where}, and not counted`)
  }
  return failures
}

/** The answers on a device, and how each stands there: `rightly`, where the server cannot take it. */
async function readVotes(world: World, device: Device, { ops }: { ops: LoggedBody[] }) {
  const { ledger, event } = world
  const tab = await device.tab(0)
  const { db, identity } = await tab.ready
  const of = new Map<string, string>()
  const leaks: string[] = []
  const role = ledger.grants.get(device.name)?.get(event)
  const isKnown = identity.known().enrolled && ledger.known.get(device.name)?.has(event)
  const owner = (await db.spaces.get(event))?.attendee?.owner
  const { attended, same } = readByHand(ops)
  /** Whether somebody may have taken the ticket of this person before: another, or this phone before it was put back. */
  const isTaken = (person: string) =>
    [...ledger.votes.values()].filter((one) => same(one.person) === same(person)).length > 1 ||
    ledger.rolledBack.has(device.name)
  /** Whether the server gives this device a ticket for somebody. */
  const mayAsk = (person: string) =>
    isKnown && role !== undefined && may(role, 'push') && (role !== 'attendee' || (owner && person.startsWith(owner)))
  const wasSeen = (person: string) => attended.some((one) => one.person === same(person))
  for (const { person, state, held, refusedFor } of await db.tickets.toArray()) {
    const isRight = state === 'refused' ? refusedFor === 'used' && isTaken(person) : !mayAsk(person) || !wasSeen(person)
    for (const vote of votesIn(JSON.stringify(held ?? {}))) of.set(vote, `${isRight ? 'rightly ' : ''}${state}`)
    if (state === 'given' && held) leaks.push(`${device.name} keeps an answer beside its person`)
  }
  for (const { state, ...ballot } of await db.ballots.toArray()) {
    const text = JSON.stringify(ballot)
    /** A former app waits for the moment of a clock that was put back since (versions.ts). */
    const isRight = !isKnown || (tab.app === former.client && state === 'waiting')
    for (const vote of votesIn(text)) of.set(vote, `${isRight ? 'rightly ' : ''}${state}`)
    if (namesOf(world).some((name) => text.includes(name))) leaks.push(`${device.name} keeps an answer with a name`)
  }
  return { of, leaks }
}
