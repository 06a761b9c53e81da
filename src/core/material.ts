import type { SpaceRole } from './access.ts'
import { readEvent, readSessions, type SessionRecord } from './event.ts'
import type { Fact } from './facts.ts'
import { flagOf, numberOf, oneOf, textOf } from './fields.ts'
import { type FileType, isFileType } from './fileType.ts'
import { type Entry, type Space, standingFacts } from './fold.ts'
import { readForms, windowOf } from './form/form.ts'
import type { Change } from './op.ts'
import { addDays, instantOf, isDay, type Zone } from './time.ts'

export const materialForms = ['file', 'link', 'text'] as const
export type MaterialForm = (typeof materialForms)[number]
export const audiences = ['everyone', 'team'] as const
/** From when attendees may open it: at once, when its session is over, or once they have answered a form. */
export const releases = ['now', 'afterSession', 'afterForm'] as const
export type Release = (typeof releases)[number]

/** What was taught: a file by the SHA-256 of its content, an address, or a short text. */
export type Material = {
  id: string
  title: string
  form: MaterialForm
  /** SHA-256 of the content, 43 characters of base64url, or `''`. */
  file: string
  type: FileType | ''
  sizeBytes: number
  /** The content that a server has confirmed to hold whole; others wait for it until it equals `file`. */
  uploaded: string
  /** http or https only, else `''`. */
  url: string
  text: string
  speaker: string
  /** The session that it belongs to, or `''` for the whole event. */
  session: string
  order: number
  audience: (typeof audiences)[number]
  from: Release
  /** The form of `afterForm`. */
  fromForm: string
  /** Epoch ms. */
  addedAt: number
  deleted: boolean
}

/** What a material says, which is kept back until it is released; all else of it is told beforehand. */
export const materialContent = ['file', 'uploaded', 'url', 'text'] as const
export const materialFrame = [
  ...['title', 'form', 'type', 'sizeBytes', 'speaker', 'session', 'order', 'audience', 'from', 'fromForm', 'addedAt'],
  'deleted',
]

/** A SHA-256 in base64url. */
function isFileHash(value: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(value)
}

const hashOf = (value: string) => (isFileHash(value) ? value : '')
/** An address that a browser would run is none. */
const addressOf = (value: string) => (/^https?:\/\/[^\s]+$/i.test(value) ? value : '')

/** A material of its record; what cannot be read is empty, and opens nothing. */
export function readMaterial(id: string, { fields }: Pick<Entry, 'fields'>): Material {
  const { type } = fields
  const size = numberOf(fields, 'sizeBytes') ?? 0
  return {
    id,
    title: textOf(fields, 'title'),
    form: oneOf(fields, 'form', materialForms, 'text'),
    file: hashOf(textOf(fields, 'file')),
    type: isFileType(type) ? type : '',
    sizeBytes: Number.isSafeInteger(size) && size > 0 ? size : 0,
    uploaded: hashOf(textOf(fields, 'uploaded')),
    url: addressOf(textOf(fields, 'url')),
    text: textOf(fields, 'text'),
    speaker: textOf(fields, 'speaker'),
    session: textOf(fields, 'session'),
    order: numberOf(fields, 'order') ?? 0,
    audience: oneOf(fields, 'audience', audiences, 'team'),
    from: oneOf(fields, 'from', releases, 'now'),
    fromForm: textOf(fields, 'fromForm'),
    addedAt: numberOf(fields, 'addedAt') ?? 0,
    deleted: flagOf(fields, 'deleted'),
  }
}

/** Every material in the organizers' order, also deleted ones: a deletion can be undone. */
export function readMaterials(space: Space): Material[] {
  const materials = [...(space.records.get('material') ?? [])].map(([id, entry]) => readMaterial(id, entry))
  return materials.sort((a, b) => a.order - b.order || a.addedAt - b.addedAt || (a.id < b.id ? -1 : 1))
}

export function setMaterial(id: string, fields: Partial<Omit<Material, 'id'>>): Change {
  return { type: 'set', kind: 'material', id, fields: { ...fields } }
}

/** Who reads: what he is in the space, at what time (epoch ms), and the forms that he has answered. */
export type Reader = { role: SpaceRole; now: number; answered: ReadonlySet<string> }

/** The forms that somebody answered, by the facts that are his; on an attendee's own device all are. */
export function answeredForms(space: Space, isHis: (fact: Fact) => boolean = () => true): Set<string> {
  const forms = new Set<string>()
  for (const fact of standingFacts(space, 'response')) if (isHis(fact)) forms.add(textOf(fact.fields, 'f'))
  return forms
}

/** When a session is over, past midnight too; one that only says "s.d. selesai" has its day. */
function endOfSession({ day, start, end }: SessionRecord, zone: Zone): number {
  if (!isDay(day)) return Number.POSITIVE_INFINITY
  return instantOf(end && end < start ? addDays(day, 1) : day, end || '23:59', zone)
}

/**
 * When what waits for a session opens, epoch ms: after it, or after the last one where it was removed or is none.
 * `Infinity` while no session is planned, or the day is not known: what was to stay closed does not open by an
 * oversight.
 */
export function opensAfter(session: string, planned: readonly SessionRecord[], zone: Zone): number {
  const standing = planned.filter(({ deleted }) => !deleted)
  const own = standing.filter(({ id }) => id === session)
  const awaited = own.length > 0 ? own : standing
  if (awaited.length === 0) return Number.POSITIVE_INFINITY
  return Math.max(...awaited.map((one) => endOfSession(one, zone)))
}

/**
 * Whether a form lets its material be opened: it was answered, or it is closed or anonymous, so that nobody can show
 * that it was.
 */
function isPassed(space: Space, form: string, { now, answered }: Reader): boolean {
  const found = readForms(space).get(form)
  if (!found) return false
  const state = windowOf(found, now)
  return state === 'closed' || (state === 'open' && (found.anonymous || answered.has(form)))
}

/** Whether attendees may open a material by now; those who hold no role of the team see the title before. */
function isReleased(material: Material, space: Space, reader: Reader): boolean {
  if (material.from !== 'afterSession') return material.from === 'now' || isPassed(space, material.fromForm, reader)
  const zone = readEvent(space)?.zone ?? 'WIB'
  return opensAfter(material.session, readSessions(space, new Map()), zone) <= reader.now
}

/** Whether somebody may open a material's content: the server and the screens both ask here. */
export function isVisible(material: Material, space: Space, reader: Reader): boolean {
  if (material.deleted) return false
  if (reader.role !== 'attendee') return true
  return material.audience === 'everyone' && isReleased(material, space, reader)
}

/** The content that the space's own materials name. */
export function namedFiles(space: Space): Set<string> {
  return new Set(readMaterials(space).flatMap(({ file, deleted }) => (file && !deleted ? [file] : [])))
}

/** How somebody came by a material: he looked at it, or keeps it on his device. */
export type OpenedHow = 'opened' | 'saved'

/**
 * The fact that a material was opened or kept; with a person only where the event's notice says that readers are named.
 */
export function openedMaterial(input: { material: string; how: OpenedHow; person?: string }): Change {
  const { material, how, person } = input
  return { type: 'add', kind: 'opened', fields: { m: material, how, ...(person && { p: person }) } }
}
