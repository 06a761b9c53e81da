import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { SpaceRole } from '../../core/access.ts'
import { type AttendanceBySession, readAttendance, updateAttendance } from '../../core/attendance.ts'
import { type Consents, readConsents } from '../../core/consent.ts'
import { type DeviceRecord, introduceDevice, readDevices } from '../../core/device.ts'
import { type EventRecord, readEvent, readSessions, type SessionRecord } from '../../core/event.ts'
import { findInvited, type Sought } from '../../core/find.ts'
import type { Space, Touched } from '../../core/fold.ts'
import { type Gate, openGate } from '../../core/gate.ts'
import { type Merge, readMerges } from '../../core/merge.ts'
import { readOffices } from '../../core/offices.ts'
import type { Change, Op } from '../../core/op.ts'
import { type Person, readPeople } from '../../core/person.ts'
import { readSignIn, type SignInSettings } from '../../core/signIn.ts'
import type { Captured } from '../db/blobs.ts'
import { type Unsubscribe, withReading } from '../db/connection.ts'
import { type OpName, opName } from '../db/opName.ts'
import { commitOp, toOp } from '../db/outbox.ts'
import type { AttendeePart, Database, OutboxKey, OutboxRow, SpaceRow } from '../db/schema.ts'
import { type SpaceChange, watchSpace } from '../db/spaces.ts'
import type { Author } from './author.ts'
import { createFoldedSpace } from './foldedSpace.ts'

/**
 * How much of a space is on this device only, what it carries for others included. `oldestWall`: this device's clock at
 * the oldest, epoch ms.
 */
export type Unsent = { count: number; names: ReadonlySet<OpName>; oldestWall: number; parked: OutboxRow[] }

/** A space folded into memory and kept up to date op by op; screens read its signals and never wait for IndexedDB. */
export type OpenSpace = {
  id: string
  /** A viewer's once the right has ended (`isEnded`): what is here can still be read, and nothing more be said. */
  role: ReadonlySignal<SpaceRole>
  isEnded: ReadonlySignal<boolean>
  event: ReadonlySignal<EventRecord | undefined>
  /** A deleted one among them, marked, while anybody was seen at it. */
  sessions: ReadonlySignal<SessionRecord[]>
  /** Canonical persons that were not deleted, by id. */
  people: ReadonlySignal<Map<string, Person>>
  /** What was merged, by canonical person. */
  merges: ReadonlySignal<Map<string, Merge>>
  attendance: ReadonlySignal<AttendanceBySession>
  /** Whose device recorded something, by the device of its stamp. */
  devices: ReadonlySignal<Map<string, DeviceRecord>>
  /** The door that attendees come in by, while one is open. */
  gate: ReadonlySignal<Gate | undefined>
  /** Of an attendee's view: offices to choose from while typing. */
  offices: ReadonlySignal<string[]>
  /** How attendees sign in. */
  signIn: ReadonlySignal<SignInSettings>
  /** The one invited person with exactly this number. */
  findInvited: (sought: Sought) => Person | undefined
  unsent: ReadonlySignal<Unsent>
  consents: ReadonlySignal<Consents>
  /**
   * On an attendee's device, what it keeps of the space beside the view, and the names of his ops that the server has.
   */
  attendee: ReadonlySignal<AttendeePart | undefined>
  sent: ReadonlySignal<ReadonlySet<OpName>>
  /** How far the log was read, and how long the server says it is: equal when this device holds everything. */
  progress: ReadonlySignal<{ seq: number; head: number }>
  /** Changes that only a newer version of the app can read. */
  unknownChanges: ReadonlySignal<number>
  /** What is read of the records and facts of other kinds, kept up to date. Attendance alone does not change it. */
  view: <T>(read: (space: Space) => T) => ReadonlySignal<T>
  newId: () => string
  now: () => number
  /** The id of a person of an attendee's own. */
  newOwnId: () => string
  /** Whether a fact is known here, also one that was withdrawn since. */
  knowsFact: (id: string) => boolean
  /** Whether this device wrote a fact, by the device of its stamp. */
  isOwn: (dev: string) => boolean
  /**
   * [S1] Makes one op of the changes; resolves when it is on the disk and in the state, the draft it came from gone and
   * the file that it names kept.
   */
  commit: (changes: Change[], draft?: string, captured?: Captured) => Promise<Op>
  close: Unsubscribe
}

const keyName = ([space, dev, n]: OutboxKey) => opName({ space, dev, n })
const attendanceKinds = new Set(['attendance', 'void'])
/** From here on all attendance is read anew: a page of a first load touches thousands of facts. */
const manyFacts = 200

/** Hands a bug to the browser's own handler without stopping what comes after it. */
function throwLater(error: unknown): void {
  setTimeout(() => {
    throw error
  })
}

/**
 * When a snapshot is made, so that the next start is quick: once so many ops are in none; `pause` waits for a quiet
 * moment.
 */
export type Keeping = { afterOps: number; pause: () => Promise<void> }

/** Loads a space and follows it: commits of this tab at once, of other tabs and of pulls through the database. */
export async function openSpace(db: Database, author: Author, row: SpaceRow, keeping?: Keeping): Promise<OpenSpace> {
  const id = row.space
  const folded = createFoldedSpace(db, id)
  await withReading(db, folded.refold)

  const role = signal<SpaceRole>(row.role)
  const isEnded = signal(row.revoked)
  const unsent = signal<Unsent>({ count: 0, names: new Set(), oldestWall: 0, parked: [] })
  const progress = signal({ seq: row.seq, head: row.head })
  const attendee = signal(row.attendee)
  const sent = signal<ReadonlySet<OpName>>(new Set())
  const recordVersion = signal(0)
  const attendance = signal(readAttendance(folded.current()))

  function announceAll(): void {
    recordVersion.value++
    attendance.value = readAttendance(folded.current())
  }

  function announce({ kinds, facts }: Touched): void {
    const merges = folded.current().facts.get('same')
    const regroups = [...facts].some((fact) => merges?.has(fact))
    if (regroups || facts.size > manyFacts) announceAll()
    else {
      if ([...kinds].some((kind) => !attendanceKinds.has(kind))) recordVersion.value++
      if (facts.size > 0) attendance.value = updateAttendance(attendance.value, folded.current(), facts)
    }
  }

  let isKeeping = false
  async function keep({ afterOps, pause }: Keeping): Promise<void> {
    /** An attendee's page is a view, which is replaced as a whole. */
    if (isKeeping || role.value === 'attendee' || folded.countUnkept() < afterOps) return
    isKeeping = true
    await folded.keep(pause).finally(() => {
      isKeeping = false
    })
  }

  let wentBack = row.wentBack
  /** What the server has turned away is not in the state. By name: one may come as another goes. */
  let asideBefore = ''
  /**
   * A change was followed part of the way only, since the database did not answer: the next one folds everything anew.
   */
  let isTorn = false
  async function follow(change: SpaceChange): Promise<void> {
    const { row: now, unsent: names, carried, refused, oldestWall, parked } = change
    role.value = now.revoked ? 'viewer' : now.role
    isEnded.value = now.revoked
    const aside = [...parked.map(opName), ...refused].join()
    const unsentNames = new Set([...names.map(keyName), ...carried])
    unsent.value = { count: unsentNames.size, names: unsentNames, oldestWall, parked }
    announce(await folded.applyNamed(names))
    announce(await folded.applyCarried(carried))
    const isOfOtherLog = now.wentBack !== wentBack || isTorn
    isTorn = true
    const { touched, moved } = await folded.catchUp()
    if (moved || isOfOtherLog || aside !== asideBefore) {
      await folded.refold()
      wentBack = now.wentBack
      asideBefore = aside
      announceAll()
    } else announce(touched)
    isTorn = false
    sent.value = new Set(change.sent.map(keyName))
    attendee.value = now.attendee
    progress.value = { seq: now.seq, head: now.head }
    /** Not page by page while the log is first read; and a full disk has no room for what only saves time. */
    if (keeping && now.seq === now.head) keep(keeping).catch(() => undefined)
  }

  /** One change of the database at a time; a failure is a bug or a dead database, told to the one handler. */
  let following = Promise.resolve()
  const close = watchSpace(db, id, (change) => {
    following = following.then(() => withReading(db, () => follow(change))).catch(throwLater)
  })

  /** The first op of a team's device here, and the first after its holder changed, says whose it is. */
  function introduction(): Change[] {
    if (role.value === 'attendee') return []
    const { holder, name } = author.device()
    const known = readDevices(folded.current()).get(author.dev())
    const isKnown = known?.holder === holder && known.name === name
    return holder === '' || isKnown ? [] : [introduceDevice(author.dev(), { holder, name })]
  }

  /** A view of the records that is computed anew when one changed: the space itself is folded in place. */
  function view<T>(read: (space: Space) => T): ReadonlySignal<T> {
    return computed(() => {
      recordVersion.value
      return read(folded.current())
    })
  }
  return {
    id,
    role,
    isEnded,
    event: view(readEvent),
    sessions: view((now) => readSessions(now, attendance.value)),
    people: view(readPeople),
    merges: view(readMerges),
    devices: view(readDevices),
    gate: view(openGate),
    offices: view(readOffices),
    signIn: view(readSignIn),
    findInvited: (sought) => findInvited(folded.current(), sought, author.now()),
    attendance,
    consents: view(readConsents),
    attendee,
    sent,
    unsent,
    progress,
    unknownChanges: view(({ unknownChanges }) => unknownChanges.size),
    view,
    newId: author.newId,
    newOwnId: () => author.newOwnedId(attendee.value?.owner ?? ''),
    now: author.now,
    knowsFact: (id) => [...folded.current().facts.values()].some((facts) => facts.has(id)),
    isOwn: (dev) => dev === author.dev(),
    commit: async (changes, draft, captured) => {
      const op = author.newOp(id, [...changes, ...introduction()], folded.current().lastAt)
      const row = await commitOp(db, op, { lastLogged: folded.lastLogged(op.dev), onlyHeld: true, draft, captured })
      announce(folded.applyOwn([row]))
      author.onCommit(row)
      await author.whenSafe()
      return toOp(row)
    },
    close,
  }
}
