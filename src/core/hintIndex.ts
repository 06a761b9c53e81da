import type { Attendance, AttendanceBySession } from './attendance.ts'
import type { Fact } from './facts.ts'
import { textOf } from './fields.ts'
import { aloneFact, type Hint, type HintRules, newHint, ownHints, twoSessionsHints } from './hints.ts'
import { createInkBoxes, type InkShape, inkShape, type Signature } from './inkLikeness.ts'

/** Every reason to look, kept up to date attendance by attendance: ten thousand at once would stall a phone. */
export type HintIndex = {
  /** Brings the index up to this attendance in small steps; left off, it goes on where it was with any later one. */
  update: (to: AttendanceBySession) => Generator<undefined, void>
  /** By person, as of the last finished update. */
  hints: () => Map<string, Hint[]>
}

/** `dev`: the device of an attendance that nobody of the team has seen. */
type Entry = { attendance: Attendance; dev: string | undefined; signature: Signature | undefined }

/** More others than these are only counted. */
const mostOthers = 5

/** Facts never change, and shapes of ink cost most of the time. */
const shapes = new WeakMap<Fact, { shape: InkShape | undefined }>()
function shapeOf({ facts, ink }: Attendance): InkShape | undefined {
  const signed = facts.find(({ fields }) => textOf(fields, 'ink') === ink)
  if (!signed) return undefined
  const held = shapes.get(signed) ?? { shape: inkShape(ink) }
  shapes.set(signed, held)
  return held.shape
}

/** An index without attendances; `rules` say what counts as worth a look. */
export function createHintIndex(rules: HintRules): HintIndex {
  const entries = new Map<string, Map<string, Entry>>()
  /** Of each device the people, and at how many sessions. */
  const devices = new Map<string, Map<string, number>>()
  const inks = createInkBoxes()
  const hints = new Map<string, Hint[]>()
  const stale = { people: new Set<string>(), devices: new Set<string>() }

  function touch({ attendance, dev, signature }: Entry): void {
    stale.people.add(attendance.person)
    if (dev) stale.devices.add(dev)
    for (const { person } of signature?.alike ?? []) stale.people.add(person)
  }

  function put(attendance: Attendance): Entry {
    const { person, ink } = attendance
    const dev = aloneFact(attendance)?.stamp.dev
    if (dev) {
      const people = devices.get(dev) ?? new Map<string, number>()
      devices.set(dev, people.set(person, (people.get(person) ?? 0) + 1))
    }
    const entry = { attendance, dev, signature: ink ? inks.add(person, ink, shapeOf(attendance)) : undefined }
    touch(entry)
    return entry
  }

  function drop(entry: Entry): void {
    touch(entry)
    const { attendance, dev, signature } = entry
    const people = dev && devices.get(dev)
    if (people) {
      const left = (people.get(attendance.person) ?? 0) - 1
      if (left > 0) people.set(attendance.person, left)
      else people.delete(attendance.person)
    }
    if (signature) inks.remove(signature)
  }

  function* updateSession(session: string, people: ReadonlyMap<string, Attendance>): Generator<undefined, void> {
    const held = entries.get(session) ?? new Map<string, Entry>()
    entries.set(session, held)
    for (const [person, entry] of held) {
      if (people.get(person) === entry.attendance) continue
      drop(entry)
      held.delete(person)
      yield
    }
    for (const [person, attendance] of people) {
      if (held.has(person)) continue
      held.set(person, put(attendance))
      yield
    }
  }

  function sharedDevice({ attendance, dev = '' }: Entry): Hint[] {
    const people = devices.get(dev)
    if (!people || people.size < 2) return []
    const others: string[] = []
    for (const person of people.keys()) {
      if (others.length === mostOthers) break
      if (person !== attendance.person) others.push(person)
    }
    return [newHint('sharedDevice', `${dev} ${people.size}`, attendance, { others, count: people.size - 1 })]
  }

  function sameInk({ attendance, signature }: Entry): Hint[] {
    const others = [...new Set([...(signature?.alike ?? [])].map(({ person }) => person))].sort()
    if (others.length === 0) return []
    const more = { others: others.slice(0, mostOthers), count: others.length }
    return [newHint('sameInk', others.join(' '), attendance, more)]
  }

  function readPerson(person: string): Hint[] {
    const mine = [...entries.values()].flatMap((people) => people.get(person) ?? [])
    const attendances = mine.map(({ attendance }) => attendance)
    const found = [
      ...mine.flatMap((entry) => [...sharedDevice(entry), ...sameInk(entry)]),
      ...twoSessionsHints(attendances, rules),
      ...attendances.flatMap((attendance) => ownHints(attendance, rules)),
    ]
    return [...new Map(found.map((hint) => [hint.id, hint])).values()]
  }

  return {
    *update(to) {
      for (const session of entries.keys()) if (!to.has(session)) yield* updateSession(session, new Map())
      for (const [session, people] of to) yield* updateSession(session, people)
      for (const dev of stale.devices) for (const person of devices.get(dev)?.keys() ?? []) stale.people.add(person)
      stale.devices.clear()
      for (const person of stale.people) {
        const found = readPerson(person)
        if (found.length > 0) hints.set(person, found)
        else hints.delete(person)
        stale.people.delete(person)
        yield
      }
    },
    hints: () => new Map(hints),
  }
}
