import { hourMs } from '../../core/time.ts'
import { readClock, writeMeta } from '../db/meta.ts'
import type { ClockRow, Database } from '../db/schema.ts'

/**
 * What this device knows of the server's clock. The offset of an answer is right within half of its round trip; a
 * sharper measurement replaces a blunter one, and any replaces one that is an hour old or that it contradicts.
 */
export type Clock = {
  offsetMs: () => number
  /**
   * This device's clock when it was last held against the server's, epoch ms; at most an hour older than the last
   * answer.
   */
  measuredAt: () => number | undefined
  observe: (sentAt: number, receivedAt: number, serverNow: number) => Promise<void>
}

const staleMs = hourMs

/** The server's clock, epoch ms, as any answer of this round has told; this device's where none ever has. */
export async function serverNow(db: Database, wall: number): Promise<number> {
  return wall + ((await readClock(db))?.offsetMs ?? 0)
}

/** The device's idea of the server's clock, from what it last knew; unknown at first. */
export async function createClock(db: Database): Promise<Clock> {
  let held: ClockRow = (await readClock(db)) ?? {
    key: 'clock',
    offsetMs: 0,
    uncertaintyMs: Number.POSITIVE_INFINITY,
    measuredAt: 0,
  }
  return {
    offsetMs: () => held.offsetMs,
    measuredAt: () => (held.measuredAt > 0 ? held.measuredAt : undefined),
    observe: async (sentAt, receivedAt, serverNow) => {
      const uncertaintyMs = (receivedAt - sentAt) / 2
      /** The clock was put back while we waited: this measured nothing. */
      if (uncertaintyMs < 0) return
      const offsetMs = Math.round(serverNow - (sentAt + receivedAt) / 2)
      const contradicts = Math.abs(offsetMs - held.offsetMs) > uncertaintyMs + held.uncertaintyMs
      const stale = Math.abs(receivedAt - held.measuredAt) > staleMs
      if (uncertaintyMs >= held.uncertaintyMs && !stale && !contradicts) return
      held = { key: 'clock', offsetMs, uncertaintyMs, measuredAt: receivedAt }
      /** A full disk must not cost an answer that is here ([S10]): the offset holds in memory and is measured again. */
      await writeMeta(db, held).catch(() => undefined)
    },
  }
}
