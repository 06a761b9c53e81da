import { may } from '../../../src/core/access.ts'
import { isId } from '../../../src/core/ids.ts'
import type { Change, Value } from '../../../src/core/op.ts'
import type { Device, Written } from './device.ts'
import { publicKinds, secretFields } from './leaks.ts'
import { type Ledger, met } from './ledger.ts'
import type { Heard } from './network.ts'

/**
 * Where a word was written: by which device, in which space, into what. `person`: whose record it is, or whom the fact
 * is about; `field`: also `salt` and `id`.
 */
type Source = { author: string; space: string; kind: string; person: string; field: string }

/** Who was told something, of which space (`''`: of none, `*`: of all of them) and by which call. */
type Told = { device: string; space: string; call: string }

/** Words that scripts, devices and the server draw, and no program has of itself: ids, numbers, numbered names. */
const isDrawn = (text: string) => (text.length >= 6 && /\d/.test(text)) || isId(text)

function textsIn(value: Value): string[] {
  if (typeof value === 'string') return isDrawn(value) ? [value] : []
  return value && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : []
}

/** The words of a change, and in which field each stands. */
function wordsOf(change: Change): { kind: string; person: string; words: [field: string, word: string][] } {
  if (change.type === 'void') return { kind: 'void', person: '', words: [] }
  const { kind, fields } = change
  const words = Object.entries(fields).flatMap(([field, value]) =>
    textsIn(value).map((word): [string, string] => [field, word]),
  )
  if (change.type === 'add') return { kind, person: String(fields.p ?? ''), words }
  return { kind, person: kind === 'person' ? change.id : '', words: [...words, ['id', change.id]] }
}

/** What stands between the signs of JSON, also of JSON in a text; and its single words. */
function* heardIn(text: string): Generator<string> {
  for (const [run] of text.matchAll(/[^"\\,:[\]{}\n]{4,}/g)) {
    yield run
    if (/[^\w-]/.test(run)) for (const [word] of run.matchAll(/[\w-]{4,}/g)) yield word
  }
}

/**
 * 5: holds each word of an answer that somebody wrote into a space, or that names a device or a space, against what the
 * device that is answered may see at that moment, whatever it asked and whatever came back. A word is found wherever it
 * stands: as a row of another space, in an error's text, in a header. One that several have written may be told to
 * whoever may see it of one of them.
 */
export function createWatch(ledger: Ledger, devices: () => Pick<Device, 'name' | 'keys' | 'written'>[]) {
  const sources = new Map<string, Source[]>()
  const bearers = new Map<string, string>()
  const taken = new Map<string, number>()
  let takenVotes = 0

  function note(word: string, source: Source): void {
    sources.set(word, [...(sources.get(word) ?? []), source])
  }

  function take({ author, op: { space, salt, changes } }: { author: string; op: Written }): void {
    if (changes.length === 0) note(salt, { author, space, kind: '', person: '', field: 'salt' })
    for (const change of changes) {
      const { kind, person, words } = wordsOf(change)
      for (const [field, word] of [['salt', salt] as const, ...words])
        note(word, { author, space, kind, person, field })
    }
  }

  /** What was written since. */
  function takeNew(): void {
    for (const { name, keys, written } of devices()) {
      for (const bearer of [name, ...keys]) bearers.set(bearer, name)
      for (const op of written.slice(taken.get(name) ?? 0)) take({ author: name, op })
      taken.set(name, written.length)
    }
    for (const [vote, { space }] of [...ledger.votes].slice(takenVotes))
      note(vote, { author: '', space, kind: 'response', person: '', field: 'a' })
    takenVotes = ledger.votes.size
  }

  const isAbout = ({ space }: Told, place: string) => space === '' || space === '*' || space === place
  /** What a device is in the space, or the spaces, that an answer is about. */
  const rolesOf = (told: Told) => [...(ledger.grants.get(told.device) ?? [])].filter(([place]) => isAbout(told, place))
  const hasWritten = (device: string, person: string) => sources.get(person)?.some(({ author }) => author === device)

  /** An attendee sees what is public, his own persons, and of whom he found and signed in what he is called. */
  function mayGuest({ device, call }: Told, { kind, person, field }: Source): boolean {
    if (kind === 'person' && field === 'institution') return true
    if (publicKinds.includes(kind) && kind !== 'person') return !secretFields.includes(field)
    if ([...(ledger.owners.get(device) ?? [])].some((owner) => person.startsWith(owner))) return field !== 'note'
    const isFound = call === 'find' || hasWritten(device, person)
    return kind === 'person' && ['id', 'name'].includes(field) && isFound === true
  }

  /** Ops are told as a log or a view; beside these only to who decides on what is parked. */
  function maySee(told: Told, source: Source): boolean {
    if (!isAbout(told, source.space)) return false
    if (source.author === told.device) return true
    const role = ledger.grants.get(told.device)?.get(source.space)
    if (role === 'attendee') return mayGuest(told, source)
    return role !== undefined && may(role, source.field === 'salt' && told.call !== 'pull' ? 'review' : 'pull')
  }

  /** Devices of one event know each other; attendees know the team's by what it wrote, and nobody by name. */
  function mayKnow(told: Told, bearer: string, word: string): boolean {
    if (bearer === told.device) return true
    const wroteIn = (place: string) =>
      devices().some(({ name, written }) => name === bearer && written.some(({ space }) => space === place))
    return rolesOf(told).some(
      ([place, role]) =>
        (ledger.known.get(bearer)?.has(place) || wroteIn(place)) &&
        (role === 'attendee' ? word !== bearer : may(role, 'pull')),
    )
  }

  const isSpace = (word: string) => [...ledger.known.values()].some((places) => places.has(word))
  const mayHear = (told: Told, word: string): boolean | undefined => {
    if (isSpace(word)) return isAbout(told, word) && ledger.known.get(told.device)?.has(word) === true
    const bearer = bearers.get(word)
    if (bearer !== undefined) return mayKnow(told, bearer, word)
    return sources.get(word)?.some((source) => maySee(told, source))
  }

  return (device: string, { path, status, text }: Heard): void => {
    takeNew()
    const [, space = '', call = ''] = /^\/api\/v1\/(?:spaces\/([^/]+)\/)?([\w-]+)/.exec(path) ?? []
    const told = { device, space, call: path.includes('/quarantine/') ? 'parked' : call }
    const seesAll = ledger.grants.get(device)?.size === 2
    const judged = new Map<string, boolean>()
    for (const word of heardIn(text)) {
      const answer = judged.has(word) ? undefined : mayHear(told, word)
      if (answer !== undefined) judged.set(word, answer)
      if (answer === false)
        ledger.violations.push(`${device} was told "${word}" by ${told.call}, which is not his to see`)
    }
    const does = judged.size > 0 ? 'tells' : 'is empty for'
    if (status === 200) met(ledger, `${told.call} ${does} who sees ${seesAll ? 'all' : 'a part'}`)
  }
}
