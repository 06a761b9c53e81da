import { maxPageBytes, maxPageOps } from '../protocol/limits.ts'
import type { PulledOps } from '../protocol/pull.ts'
import { createRecent } from './recent.ts'
import type { LogPages } from './routes/ports.ts'
import { type Prepared, prepare } from './routes/prepared.ts'
import { runsOf, toWire } from './routes/wire.ts'
import type { Cursor, Store } from './store/store.ts'

const limits = { maxOps: maxPageOps, maxBytes: maxPageBytes }

/** `head` is the log's when the page was made. */
type Kept = { end: number; head: number; chain: string; part: Prepared }

/**
 * Pages of logs as they travel, made once for all who ask: a log only grows, so what follows a cursor stays the same
 * once the page is full, and until the log grows otherwise. Characters of `maxLength` are kept, those that were asked
 * for last. A restored log has another epoch, by which its pages are new ones.
 */
export function createLogPages(store: Store, maxLength: number): LogPages {
  const kept = createRecent<Kept>(maxLength, ({ part }) => part.text.length)
  const making = new Map<string, Promise<Kept | undefined>>()

  /** The page behind a cursor, as the log is now; `undefined`: the space or the cursor has just gone. */
  async function make(space: string, cursor: Cursor | undefined): Promise<Kept | undefined> {
    const page = await store.readPage(space, cursor, limits)
    if (page?.state !== 'page') return undefined
    const { head, after, chain, ops } = page
    return { end: after + ops.length, head, chain, part: prepare<PulledOps>({ ...toWire(ops), received: runsOf(ops) }) }
  }

  /** Who asks while a page is made waits for the same one. */
  function share(key: string, space: string, cursor: Cursor | undefined): Promise<Kept | undefined> {
    const begun = making.get(key)
    if (begun) return begun
    const page = make(space, cursor).finally(() => making.delete(key))
    making.set(key, page)
    return page
  }

  async function read(space: string, cursor: Cursor | undefined): ReturnType<LogPages['read']> {
    const place = await store.findCursor(space, cursor)
    if (!place) return undefined
    const after = cursor?.seq ?? 0
    if (place.state === 'diverged' || (cursor && after >= place.head)) return place
    const key = [space, place.epoch, cursor?.chain].join(' ')
    const reaches = (page: Kept | undefined) => page && (page.end < page.head || page.end >= place.head)
    let page = kept.get(key) ?? (await share(key, space, cursor))
    if (!reaches(page)) page = await share(key, space, cursor)
    if (!page) return undefined
    kept.keep(key, page)
    const { end, chain, part } = page
    return { ...place, state: 'page', head: Math.max(place.head, end), after, end, chain, part }
  }

  return {
    read,
    readAhead: (space, cursor, zips) => {
      /** The answer that is made leaves first. */
      setImmediate(async () => {
        try {
          const page = await read(space, cursor)
          if (page?.state === 'page' && zips) await page.part.zip()
        } catch {
          /** Nobody waits for it; whoever asks for the page hears what is wrong. */
        }
      })
    },
  }
}
