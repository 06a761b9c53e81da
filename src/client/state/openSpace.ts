import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { SpaceRole } from '../../core/access.ts'
import { type Attendance, readAttendance } from '../../core/attendance.ts'
import { type EventRecord, readEvent, readSessions, type SessionRecord } from '../../core/event.ts'
import { applyOp, emptySpace, type Space } from '../../core/fold.ts'
import { type Merge, readMerges } from '../../core/merge.ts'
import type { Change } from '../../core/op.ts'
import { type Person, readPeople } from '../../core/person.ts'
import { commitOp, pendingRows, toOp } from '../db/outbox.ts'
import { pagesAbove, unpackOps } from '../db/pages.ts'
import type { Database, OutboxRow, SpaceRow } from '../db/schema.ts'
import { type Unsubscribe, watchSpace } from '../db/spaces.ts'
import type { Author } from './author.ts'

/** How much of a space is on this device only. `oldestWall`: this device's clock at the oldest, epoch ms. */
export type Unsent = { count: number; oldestWall: number; parked: OutboxRow[] }

/** A space folded into memory and kept up to date op by op; screens read its signals and never wait for IndexedDB. */
export type OpenSpace = {
  id: string
  role: ReadonlySignal<SpaceRole>
  event: ReadonlySignal<EventRecord | undefined>
  sessions: ReadonlySignal<SessionRecord[]>
  /** Canonical persons that were not deleted, by id. */
  people: ReadonlySignal<Map<string, Person>>
  /** What was merged, by canonical person. */
  merges: ReadonlySignal<Map<string, Merge>>
  /** By session, then by canonical person. */
  attendance: ReadonlySignal<Map<string, Map<string, Attendance>>>
  unsent: ReadonlySignal<Unsent>
  /** How far the log was read, and how long the server says it is: equal when this device holds everything. */
  progress: ReadonlySignal<{ seq: number; head: number }>
  /** Changes that only a newer version of the app can read. */
  unknownChanges: ReadonlySignal<number>
  newId: () => string
  now: () => number
  /** Whether this device wrote a fact, by the device of its stamp. */
  isOwn: (dev: string) => boolean
  /** [S1] Makes one op of the changes; resolves when it is on the disk and in the state. */
  commit: (changes: Change[]) => Promise<void>
  close: Unsubscribe
}

const attendanceKinds = new Set(['attendance', 'void', 'same'])

/** Loads a space and follows it: commits of this tab at once, of other tabs and of pulls through the database. */
export async function openSpace(db: Database, author: Author, row: SpaceRow): Promise<OpenSpace> {
  const id = row.space
  let space: Space = emptySpace()
  let readThrough = 0
  let parkedCount = 0
  /** `at` of own ops as folded; what the log holds counts, and when the server lowered one, the space is folded anew. */
  const atByOwnOp = new Map<string, number>()

  const role = signal<SpaceRole>(row.role)
  const unsent = signal<Unsent>({ count: 0, oldestWall: 0, parked: [] })
  const progress = signal({ seq: row.seq, head: row.head })
  const recordVersion = signal(0)
  const attendanceVersion = signal(0)

  function announce(touched: Set<string>): void {
    if ([...touched].some((kind) => !attendanceKinds.has(kind)) || touched.has('same')) recordVersion.value++
    if ([...touched].some((kind) => attendanceKinds.has(kind))) attendanceVersion.value++
  }

  function applyOwn(rows: OutboxRow[], touched: Set<string>): void {
    for (const own of rows) {
      const name = `${own.dev}.${own.n}`
      if (atByOwnOp.has(name)) continue
      const op = toOp(own)
      atByOwnOp.set(name, op.at)
      for (const kind of applyOp(space, op)) touched.add(kind)
    }
  }

  /** Folds pages above `readThrough`; says whether an own op came back with another time. */
  async function readPages(touched: Set<string>): Promise<{ moved: boolean }> {
    let moved = false
    for (const page of await pagesAbove(db, id, readThrough)) {
      const ops = unpackOps(page)
      for (let i = Math.max(0, readThrough - page.after); i < ops.length; i++) {
        const [, dev, n, wall, at, body] = ops[i] as (typeof ops)[number]
        if (dev === author.dev()) {
          const name = `${dev}.${n}`
          moved ||= (atByOwnOp.get(name) ?? at) !== at
          atByOwnOp.set(name, at)
        }
        for (const kind of applyOp(space, { dev, n, wall, at, body })) touched.add(kind)
      }
      readThrough = page.after + page.count
    }
    return { moved }
  }

  async function refold(): Promise<void> {
    space = emptySpace()
    readThrough = 0
    atByOwnOp.clear()
    await readPages(new Set())
    applyOwn(await pendingRows(db, id, readThrough), new Set())
    announce(new Set(['event', 'attendance']))
  }

  await refold()

  /** One change of the database at a time: a later one waits for the earlier. */
  let following = Promise.resolve()
  const stop = watchSpace(db, id, (change) => {
    following = following.then(() => follow(change))
  })
  async function follow({ row, unsent: rows, parked }: Parameters<Parameters<typeof watchSpace>[2]>[0]) {
    role.value = row.revoked ? 'viewer' : row.role
    unsent.value = {
      count: rows.length,
      oldestWall: rows.reduce((oldest, { wall }) => Math.min(oldest, wall), Number.POSITIVE_INFINITY),
      parked,
    }
    const touched = new Set<string>()
    const restarted = row.seq < readThrough
    const newlyParked = parked.length !== parkedCount
    parkedCount = parked.length
    applyOwn(rows, touched)
    const { moved } = restarted ? { moved: true } : await readPages(touched)
    if (moved || newlyParked) await refold()
    else if (touched.size > 0) announce(touched)
    progress.value = { seq: row.seq, head: row.head }
  }

  /** A view of the space that is computed anew when `version` changes: the space itself is folded in place. */
  function view<T>(version: ReadonlySignal<number>, read: (space: Space) => T): ReadonlySignal<T> {
    return computed(() => {
      version.value
      return read(space)
    })
  }
  return {
    id,
    role,
    event: view(recordVersion, readEvent),
    sessions: view(recordVersion, readSessions),
    people: view(recordVersion, readPeople),
    merges: view(recordVersion, readMerges),
    attendance: view(attendanceVersion, readAttendance),
    unsent,
    progress,
    unknownChanges: view(recordVersion, ({ unknownChanges }) => unknownChanges.size),
    newId: author.newId,
    now: author.now,
    isOwn: (dev) => dev === author.dev(),
    commit: async (changes) => {
      const touched = new Set<string>()
      applyOwn([await commitOp(db, author.newOp(id, changes, space.lastAt))], touched)
      announce(touched)
      author.onCommit()
    },
    close: stop,
  }
}
