import { type ReadonlySignal, signal } from '@preact/signals'
import { toBase64Url } from '../../core/bytes.ts'
import { type EventRecord, type SessionRecord, setEvent, setSession } from '../../core/event.ts'
import type { HistoryEntry } from '../../core/history.ts'
import { withReading } from '../db/connection.ts'
import { forgetEnded, readUnhanded, type Unhanded, watchEnded } from '../db/ended.ts'
import type { EndedAccess } from '../db/endedRow.ts'
import { type Blockers, forgetSpace, readBlockers, rememberSpace, watchForgotten } from '../db/forget.ts'
import { dropInHand, takeBackInHand, watchInHand } from '../db/inHand.ts'
import type { InHand } from '../db/inHandRow.ts'
import { commitOp } from '../db/outbox.ts'
import type { Database, ForgottenEvent, SpaceRow } from '../db/schema.ts'
import { newSpaceRow, readSpace, watchSpaces } from '../db/spaces.ts'
import type { Author } from './author.ts'
import { type Keeping, type OpenSpace, openSpace } from './openSpace.ts'

export type NewEvent = Omit<EventRecord, 'id' | 'salt' | 'deleted'>
export type NewSession = Omit<SessionRecord, 'id' | 'deleted' | 'closed'>

/**
 * A space as lists show it before it is opened: its role here, how much of its log is read, and how much is backed up.
 */
export type HeldSpace = Pick<
  SpaceRow,
  'space' | 'role' | 'revoked' | 'ended' | 'seq' | 'head' | 'backedUpThrough' | 'attendee'
>

/** The spaces that this device holds. An opened one stays in memory: screens come and go. */
export type Spaces = {
  /** `undefined` until IndexedDB has answered. */
  rows: ReadonlySignal<HeldSpace[] | undefined>
  open: (space: string) => Promise<OpenSpace | undefined>
  /** Creates an event with its sessions, with or without a network; resolves with its space once it is on the disk. */
  createEvent: (event: NewEvent, sessions: NewSession[], draft?: string) => Promise<string>
  /** Events that were taken off this device, until somebody wants them again. */
  forgotten: ReadonlySignal<ForgottenEvent[]>
  /** What is in a rescue file of a forgotten event and still to be delivered, until a person says that it is. */
  inHand: ReadonlySignal<InHand[]>
  setDelivered: (space: string) => Promise<void>
  takeBackDelivered: (file: InHand) => Promise<void>
  /** What would be lost with an event, read from the disk now. */
  blockers: (space: string) => Promise<Blockers>
  /**
   * Takes an event off this device; what keeps it here, when something does. `rescued`: ops of a file that is put away.
   */
  forget: (event: ForgottenEvent, rescued?: ReadonlySet<string>) => Promise<Blockers | undefined>
  remember: (space: string) => Promise<void>
  /** What was done in an event, the newest first; read from the disk, without a network. */
  history: (space: string) => Promise<HistoryEntry[]>
  /** What keeps the copy of an event that was taken from this device; read from the disk now. */
  unhanded: (space: string) => Promise<Unhanded>
  /** What was taken from this device and erased here, until a person has read it. */
  ended: ReadonlySignal<EndedAccess[]>
  readEnded: () => Promise<void>
}

/** The spaces of this device as signals; each is opened, and folded, when it is first asked for. */
export function createSpaces(
  db: Database,
  author: Author,
  random: (count: number) => Uint8Array,
  keeping?: Keeping,
  onOpen: (space: OpenSpace) => void = () => undefined,
): Spaces {
  const rows = signal<HeldSpace[] | undefined>(undefined)
  const opened = new Map<string, Promise<OpenSpace>>()
  watchSpaces(db, (found) => {
    for (const [space, opening] of opened) {
      if (found.some((row) => row.space === space)) continue
      opened.delete(space)
      /** What could not be opened follows nothing, and whoever asked for it is told. */
      opening.then(
        ({ close }) => close(),
        () => undefined,
      )
    }
    rows.value = found
  })
  const forgotten = signal<ForgottenEvent[]>([])
  watchForgotten(db, (events) => {
    forgotten.value = events
  })

  const inHand = signal<InHand[]>([])
  watchInHand(db, (files) => {
    inHand.value = files
  })

  const ended = signal<EndedAccess[]>([])
  watchEnded(db, (found) => {
    ended.value = found
  })

  async function open(space: string): Promise<OpenSpace | undefined> {
    const held = opened.get(space)
    if (held) return held
    const row = await readSpace(db, space)
    if (!row) return undefined
    const opening = opened.get(space) ?? openSpace(db, author, row, keeping)
    opened.set(space, opening)
    /** A failure is not kept: IndexedDB may be back at the next visit. */
    opening.then(onOpen, () => opened.get(space) === opening && opened.delete(space))
    return opening
  }

  async function createEvent(event: NewEvent, sessions: NewSession[], draft?: string): Promise<string> {
    const space = author.newId()
    const salt = toBase64Url(random(16))
    const changes = [
      setEvent(space, { ...event, salt, deleted: false }),
      ...sessions.map((session) => setSession(author.newId(), { ...session, deleted: false })),
    ]
    const op = author.newOp(space, changes, 0)
    author.onCommit(await commitOp(db, op, { newSpace: newSpaceRow(space, 'organizer'), draft }))
    await author.whenSafe()
    return space
  }

  return {
    rows,
    open,
    createEvent,
    forgotten,
    inHand,
    setDelivered: (space) => dropInHand(db, space),
    takeBackDelivered: (file) => takeBackInHand(db, file),
    blockers: (space) => withReading(db, () => readBlockers(db, space)),
    forget: (event, rescued) => forgetSpace(db, event, rescued),
    remember: (space) => rememberSpace(db, space),
    history: async (space) => (await import('./history.ts')).readHistory(db, space),
    unhanded: (space) => readUnhanded(db, space),
    ended,
    readEnded: () => forgetEnded(db),
  }
}
