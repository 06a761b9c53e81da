import { type Fact, givenName } from './facts.ts'
import { textOf } from './fields.ts'
import { type Entry, type FoldedOp, type Space, stampOf } from './fold.ts'
import { withoutKey } from './form/answerKey.ts'
import { answeredForms, isVisible, materialContent, materialFrame, type Reader, readMaterial } from './material.ts'
import { invitedOfficesOf, officesKind } from './offices.ts'
import { type Change, encodeBody, type Fields } from './op.ts'
import { canonicalIds, readPeople } from './person.ts'
import { compareStamps, type Stamp } from './stamp.ts'

/**
 * What an attendee's device may read of each kind of record: these fields, or all. Whatever is not named here, also a
 * field of a newer version, stays on the team's devices: an event's salt and signatories, gates, the list of people.
 */
const publicFields: Record<string, readonly string[] | 'all'> = {
  event: [
    ...['title', 'institution', 'institutionWord', 'venue', 'city', 'mode', 'zone', 'letterhead', 'roles', 'deleted'],
    ...['asks', 'wallCode', 'consents', 'namesReaders'],
  ],
  session: ['title', 'day', 'start', 'end', 'deleted', 'closed'],
  material: [...materialFrame, ...materialContent],
  form: 'all',
  formVersion: 'all',
}
/** Of his own persons: not the team's note about them. */
const ownFields = [
  ...['name', 'numberKind', 'nip', 'rank', 'position', 'institution', 'sex', 'phone', 'email', 'roles'],
  ...['invited', 'deleted'],
]
/** Of a person whom this device signed in and who is not its own, what the server showed when he was looked for. */
const foundFields = ['name', 'institution']
const ownFacts = ['attendance', 'response', 'consent', 'opened']

/**
 * Whose view it is: the prefix of his persons' ids, and his devices, more than one after a key was renewed ([S8]); and
 * at what time, epoch ms, since materials are released by it.
 */
export type Viewer = { owner: string; devs: ReadonlySet<string>; now: number }

/**
 * A form that nobody has opened yet is the organizers' draft, and so is what it asks. Some materials are the team's.
 */
function isPublic(space: Space, kind: string, { fields }: Entry): boolean {
  if (kind === 'form') return fields.open === true
  if (kind === 'material') return fields.audience === 'everyone' && fields.deleted !== true
  return kind !== 'formVersion' || space.records.get('form')?.get(textOf(fields, 'form'))?.fields.open === true
}

/** What a person is called now; `undefined` once the record is gone. */
function nameOf(space: Space, person: string): string | undefined {
  const merged = canonicalIds(space).get(person)
  if (merged !== undefined) return readPeople(space).get(merged)?.name
  const fields = space.records.get('person')?.get(person)?.fields
  return fields && fields.deleted !== true ? textOf(fields, 'name') : undefined
}

/** A form under its speaker's name of now: attendees' devices have no record of him that would follow a correction. */
function withSpeaker(space: Space, entry: Entry): Entry {
  const { fields } = entry
  const speakerName = fields.purpose === 'speaker' ? nameOf(space, textOf(fields, 'speaker')) : undefined
  return speakerName ? { ...entry, fields: { ...fields, speakerName } } : entry
}

type Piece = { stamp: Stamp; wall: number; change: Change; salt?: string; index?: number }

function pick(fields: Fields, names: readonly string[] | 'all'): Fields {
  return names === 'all' ? fields : Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)))
}

/** A record's fields, by who wrote them last and when. */
function piecesOf(kind: string, id: string, entry: Entry, names: readonly string[] | 'all'): Piece[] {
  const byStamp = new Map<string, Piece & { change: { fields: Fields } }>()
  for (const [name, value] of Object.entries(pick(entry.fields, names))) {
    const stamp = stampOf(entry, name)
    const key = `${stamp.at} ${stamp.dev} ${stamp.n}`
    const held = byStamp.get(key) ?? { stamp, wall: stamp.at, change: { type: 'set', kind, id, fields: {} } }
    held.change.fields[name] = value
    byStamp.set(key, held)
  }
  return [...byStamp.values()]
}

/** A fact under its own name, and that it was withdrawn, without the words of whoever did. */
function piecesOfFact(space: Space, fact: Fact): Piece[] {
  const name = givenName(fact.id)
  const dot = name.lastIndexOf('.')
  const { kind, fields, stamp, wall } = fact
  const withdrawn = (space.voids.get(fact.id) ?? []).map(({ stamp: at }): Piece => {
    return { stamp: at, wall: at.at, change: { type: 'void', facts: [name], reason: '' } }
  })
  return [
    {
      stamp,
      wall,
      change: { type: 'add', kind, fields },
      salt: name.slice(0, dot),
      index: Number(name.slice(dot + 1)),
    },
    ...withdrawn,
  ]
}

/** A name that is no device's. */
const nobody = 'A'.repeat(22)

/** What no device wrote, as if it had been there before all else. */
function pieceOfOffices(names: string[]): Piece {
  const stamp = { at: 0, dev: nobody, n: 1 }
  return { stamp, wall: 0, change: { type: 'set', kind: officesKind, id: officesKind, fields: { names } } }
}

/** Nothing, in a place that another's change had: facts are named by theirs. */
const nothing: Change = { type: 'void', facts: [], reason: '' }

/** One op per piece; its salt is the fact's own, or stands for the author and the time. */
function toFoldedOp({ stamp, wall, change, salt, index = 0 }: Piece): FoldedOp {
  const places = Array.from({ length: index }, () => nothing)
  return { ...stamp, wall, body: encodeBody(salt ?? 'view-of-log', [...places, change]) }
}

/**
 * The part of a space that an attendee's device may read, as ops that fold to exactly that: public records, the persons
 * whose ids begin with his prefix, his devices' facts, and facts about those persons. The same for the same state.
 */
export function viewOf(space: Space, { owner, devs, now }: Viewer): FoldedOp[] {
  const isOwn = (id: string) => owner !== '' && id.startsWith(owner)
  const isHis = ({ fields, stamp }: Fact) => devs.has(stamp.dev) || isOwn(textOf(fields, 'p'))
  const reader: Reader = { role: 'attendee', now, answered: answeredForms(space, isHis) }
  const namesOf = (kind: string, id: string, entry: Entry, names: readonly string[] | 'all') =>
    kind === 'material' && !isVisible(readMaterial(id, entry), space, reader) ? materialFrame : names

  const pieces: Piece[] = []
  for (const [kind, names] of Object.entries(publicFields))
    for (const [id, entry] of space.records.get(kind) ?? [])
      if (isPublic(space, kind, entry)) {
        const shown = kind === 'formVersion' ? withoutKey(entry) : kind === 'form' ? withSpeaker(space, entry) : entry
        pieces.push(...piecesOf(kind, id, shown, namesOf(kind, id, entry, names)))
      }

  const signedIn = new Set<string>()
  for (const kind of ownFacts)
    for (const fact of space.facts.get(kind)?.values() ?? []) {
      if (!isHis(fact)) continue
      pieces.push(...piecesOfFact(space, fact))
      const person = textOf(fact.fields, 'p')
      if (devs.has(fact.stamp.dev) && person) signedIn.add(person)
    }
  for (const [id, entry] of space.records.get('person') ?? []) {
    if (isOwn(id)) pieces.push(...piecesOf('person', id, entry, ownFields))
    else if (signedIn.has(id)) pieces.push(...piecesOf('person', id, entry, foundFields))
  }
  const offices = invitedOfficesOf(space)
  if (offices.length > 0) pieces.push(pieceOfOffices(offices))
  return pieces.map(toFoldedOp).sort(compareStamps)
}
