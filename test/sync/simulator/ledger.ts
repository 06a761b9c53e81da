import { type Action, may, type SpaceRole } from '../../../src/core/access.ts'
import { decodeBody } from '../../../src/core/op.ts'
import { findLeaks, type ShownView } from './leaks.ts'
import type { Heard } from './network.ts'

export type Grants = Map<string, Map<string, SpaceRole>>

export const copyGrants = (grants: Grants): Grants =>
  new Map([...grants].map(([device, roles]) => [device, new Map(roles)]))

/** What the server called an attendee's phone and let it own, by the phone's name. */
export type Known = { devs: Map<string, Set<string>>; owners: Map<string, Set<string>> }

const copySets = (sets: Map<string, Set<string>> = new Map()) =>
  new Map([...sets].map(([name, values]) => [name, new Set(values)]))

/**
 * What people were told and may rely on, noted while it happens and apart from the code under test: the checks hold
 * the end against it. Ops are named by their body's salt, which no new name of an op changes.
 */
export function createLedger(grants: Grants, known?: Known) {
  return {
    /** "Tersimpan" was said: by salt, on which device and in which space. */
    saved: new Map<string, { device: string; space: string }>(),
    /** "Terkirim" was said. */
    acknowledged: new Map<string, string>(),
    /** What the author of an undo had on the screen, by the undo's salt. */
    seenByUndo: new Map<string, Set<string>>(),
    /** Destroyed with the last disk that held it: nobody can bring it back. */
    excused: new Set<string>(),
    /** Devices whose disk was put back to an earlier state: a fork of their key is expected. */
    rolledBack: new Set<string>(),
    /** device → space → role, as the server was told. */
    grants,
    /** The same, with grants that were revoked: the server takes in what they wrote, if only to park it. */
    known: copyGrants(grants),
    /** Devices that had no right to the event for a while: what was parked then may stay so. */
    interrupted: new Set<string>(),
    /** Devices that were revoked as a whole and have not come in anew, and under which keys. */
    revoked: new Map<string, ReadonlySet<string>>(),
    /** What an organizer let into the log, whoever wrote it. */
    released: new Set<string>(),
    /** Of attendees: every device that each of their phones was, and what the ids of its persons may begin with. */
    devs: copySets(known?.devs),
    owners: copySets(known?.owners),
    /** Answers to the anonymous form, and whether the device said that it keeps them. */
    votes: new Map<string, { device: string; person: string; space: string; isKept: boolean }>(),
    /** Ops that were moved since it was last set to 0. */
    moved: 0,
    violations: [] as string[],
    /** How often each answer was heard and each mishap was met. */
    heard: new Map<string, number>(),
  }
}
export type Ledger = ReturnType<typeof createLedger>

/** What a run has met: one that never met a fork proves nothing about forks. */
export function met({ heard }: Ledger, what: string): void {
  heard.set(what, (heard.get(what) ?? 0) + 1)
}

export const saltOf = (body: string): string => decodeBody(body)?.salt ?? body

type Wire = {
  kind?: string
  state?: string
  dev?: string
  ops?: unknown[][]
  results?: { state: string; n: number; reason?: string }[]
  granted?: { space: string; role: SpaceRole; owner: string | null } | null
  view?: ShownView | null
  spaces?: { space: string; role: SpaceRole }[]
  ended?: string[]
  found?: object | null
}
const isWire = (value: unknown): value is Wire => typeof value === 'object' && value !== null

function note(sets: Map<string, Set<string>>, name: string, value: string): void {
  sets.set(name, (sets.get(name) ?? new Set()).add(value))
}

/** An enrolment: who the phone is from now on, and perhaps what it may see. */
function hearEnrolment(ledger: Ledger, device: string, { dev, granted, view }: Wire, isFormer: boolean): void {
  const isRevoked = dev !== undefined && ledger.revoked.get(device)?.has(dev) === true
  if (granted && isRevoked && !isFormer) ledger.violations.push(`${device} was let in under a key that was revoked`)
  if (granted && !isRevoked && ledger.revoked.delete(device))
    ledger.grants.get(device)?.set(granted.space, granted.role)
  if (![...(ledger.known.get(device)?.values() ?? [])].includes('attendee')) return
  if (dev) note(ledger.devs, device, dev)
  if (granted?.owner) note(ledger.owners, device, granted.owner)
  if (view) hearView(ledger, device, view)
}

function hearView(ledger: Ledger, device: string, view: ShownView): void {
  const own = { devs: ledger.devs.get(device), owners: ledger.owners.get(device) }
  for (const leak of findLeaks(view, own)) ledger.violations.push(`${device} was shown ${leak}`)
}

/** What a space is asked for, and what one must be allowed there to be answered (protocol/README.md). */
const rightByCall: Record<string, Action> = {
  pull: 'pull',
  recover: 'pull',
  view: 'view',
  find: 'find',
  team: 'listTeam',
  attendees: 'listTeam',
  quarantine: 'review',
  audit: 'history',
  forms: 'push',
  invites: 'invite',
  gate: 'gate',
}

/** Who organizes every event is the organization's (`*`). */
function roleIn(ledger: Ledger, device: string, space: string): SpaceRole | undefined {
  const roles = ledger.grants.get(device)
  if (space !== '*') return roles?.get(space)
  return roles?.size === 2 && [...roles.values()].every((role) => role === 'organizer') ? 'organizer' : undefined
}

/** 5: a session tells of the spaces of this device's grants, by the role that they give, and of no other. */
function hearSession(ledger: Ledger, device: string, { spaces = [], ended = [] }: Wire): void {
  for (const { space, role } of spaces) {
    const granted = ledger.grants.get(device)?.get(space)
    if (granted !== role) ledger.violations.push(`${device} was told that it is ${role} of ${space}, and is ${granted}`)
  }
  for (const space of ended) {
    if (!ledger.known.get(device)?.has(space)) ledger.violations.push(`${device} was told of the end of ${space}`)
  }
}

/** 5: of an invited person an attendee's phone learns who it is, and nothing else. */
function hearFound(ledger: Ledger, device: string, { found }: Wire): void {
  const more = Object.keys(found ?? {}).filter((name) => !['person', 'name', 'institution'].includes(name))
  if (more.length > 0) ledger.violations.push(`${device} was told ${more.join()} of a person`)
}

/** An op of nothing but attendance, which everybody who writes may add. */
const isSignIn = (body: string) =>
  decodeBody(body)?.changes.every((change) => change.type === 'add' && change.kind === 'attendance') ?? false

/** Who had the right to write all along. */
function mayPush(ledger: Ledger, author: string, space: string): boolean {
  const role = ledger.grants.get(author)?.get(space)
  return role !== undefined && may(role, 'push') && !ledger.interrupted.has(author)
}

/** Calls that mean the same whatever their body says. */
const bodyless = ['/api/v1/sign-out']

/**
 * Notes what an answer promised, and whether it showed anything to whom it must not. `isFormer`: the server that gave it
 * is at the former version, which let a revoked device in by a gate.
 */
export function hear(ledger: Ledger, device: string, heard: Heard, isFormer: boolean): void {
  const { path, request, status, body, arrived, isHalf } = heard
  const [, space = '', call = ''] = /^\/api\/v1\/spaces\/([^/]+)\/(\w+)/.exec(path) ?? []
  met(ledger, `${call || path.split('?')[0]} ${isWire(body) ? (body.state ?? body.kind ?? '') : ''}`.trim())
  if (isHalf && status === 200 && !bodyless.includes(path))
    ledger.violations.push(`Half a request of ${device} was taken: ${path}`)
  if (status !== 200 || !isWire(body)) return
  const [role, right] = [roleIn(ledger, device, space), rightByCall[call]]
  if (right && !(role && may(role, right)))
    ledger.violations.push(`${device} was answered ${call} of ${space} without the right to it`)
  if (path === '/api/v1/enrol') hearEnrolment(ledger, device, body, isFormer)
  if (path.startsWith('/api/v1/session')) hearSession(ledger, device, body)
  if (call === 'find') hearFound(ledger, device, body)
  if (call === 'view' && body.ops) hearView(ledger, device, { devs: [], ...body, ops: body.ops })
  if (call === 'recover' || call === 'forms' || path === '/api/v1/ballots') ledger.moved++
  if (call === 'pull') {
    for (const op of body.ops ?? []) {
      const home = ledger.saved.get(saltOf(String(op[5])))
      if (home && home.space !== space) ledger.violations.push(`${device} got an op of ${home.space} in ${space}`)
      ledger.moved++
    }
  }
  if (call !== 'push' || !isWire(request)) return
  /** [S13] Who carries an attendee's ops pushes them as his. */
  const author = [...ledger.devs].find(([, devs]) => request.dev && devs.has(request.dev))?.[0] ?? device
  const bodyByN = new Map((request.ops ?? []).map((op) => [op[0], String(op[3])]))
  for (const { state, n, reason } of body.results ?? []) {
    ledger.moved++
    met(ledger, state)
    const salt = saltOf(bodyByN.get(n) ?? '')
    if (reason === 'notAllowed' && isSignIn(bodyByN.get(n) ?? '') && mayPush(ledger, author, space))
      ledger.violations.push(`${salt} of ${author} was turned away, and says who was there`)
    if (state === 'committed' && arrived) ledger.acknowledged.set(salt, space)
    if (state === 'forked' && !ledger.rolledBack.has(author))
      ledger.violations.push(`${author} was told of a fork, though its disk was never put back`)
  }
}
