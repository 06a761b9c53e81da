import type { SpaceRole } from '../../core/access.ts'
import type { Result } from '../../core/result.ts'
import type { Place } from '../auth/tries.ts'
import type { Cursor, SpaceHead, Standing } from '../store/store.ts'
import type { Prepared } from './prepared.ts'

/** Counts tries per key. */
export type Limiter = {
  /** The ms to wait while none is left, else 0. Takes none. */
  wait(key: string): Promise<number>
  /** Takes one try, or `count`; the ms to wait when there is none left, else 0. */
  take(key: string, count?: number): Promise<number>
}

/**
 * Bounds what many do together so that nobody can use it up for the others: each `one` has a part of his own, and only
 * beyond it takes from what `all` share.
 */
export type Pace = {
  wait(all: string, one: string): Promise<number>
  take(all: string, one: string, count?: number): Promise<number>
}

/** Remembers keys for a while, in this process. */
export type Lately = { add(key: string, now: number): void; has(key: string, now: number): boolean }

/** Damage of the database, from the first error that told of it until the database is opened anew. */
export type Damage = {
  isMet(): boolean
  /** Hears of an error, whatever it is about. */
  note(error: unknown): void
}

/** The log behind a cursor that is behind its head: numbers `after` < number ≤ `end`, with the log's chain there. */
export type LogPage = { state: 'page'; after: number; end: number; chain: string; part: Prepared } & SpaceHead

/** Pages of logs, as they travel. */
export type LogPages = {
  /** The next page; where the cursor stands, when there is none; `undefined` for an unknown space. */
  read(space: string, cursor: Cursor | undefined): Promise<LogPage | Standing | undefined>
  /** Makes the next page ready for who is about to ask, zipped or not. Nobody waits for it, and it never fails. */
  readAhead(space: string, cursor: Cursor, zips: boolean): void
}

/** Streams that say where logs end now ([S12]). */
export type Live = {
  /**
   * A stream for a device that hears of `roles`' spaces, which are read again while it stands; it ends when there are
   * none left. `none`: there are none to begin with; `full`: this server has no room.
   */
  open(
    dev: string,
    readRoles: () => Promise<Map<string, SpaceRole> | undefined>,
  ): Promise<ReadableStream<Uint8Array> | 'none' | 'full'>
  /** A space's log has grown: tells who listens. Nobody waits for it, and it never rejects. */
  look(space: string): Promise<void>
  /** Somebody may do less than before: every stream asks anew what it may tell, and ends when that is nothing. */
  ask(): void
  /** Ends every stream, so that the server can stop. */
  close(): void
}

/** Who asks for slow work. `paid`: a solution of a puzzle that is to be looked at, or what it was right for. */
export type Asking = { place: Place; email: string; paid?: 'solutions' | 'paid' | undefined }

/**
 * Does slow work about an account when it is its turn, or says when to come back; who does keeps his place in the line.
 * Devices that an account knows have a line of their own, and so has what was paid for.
 */
export type Turns = <T>(
  asking: Asking,
  work: () => Promise<T>,
) => Promise<Result<T, { kind: 'tooMany'; retryAfterMs: number }>>
