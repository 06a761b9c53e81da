/**
 * The page of the app that a person gets, and of which version it is. A browser starts the worker of a new version by
 * itself once every tab is closed; the page of the version before is shown on until that one finds nothing unsent, or a
 * person agrees to the new one ([S10]).
 */
const cacheName = 'tampilan'
const path = '/index.html'
const versionHeader = 'Hadir-Version'
/** The version of the page that was kept before, which a tab with half-written work may still show. */
const beforeHeader = 'Hadir-Before'

/**
 * A held page that never comes up would keep what is unsent to itself: after so many starts in a row the new version is
 * shown. One of this version would for ever, where a file of it was damaged: after one such start they are looked
 * through. Those that follow each other faster are one, of a person who reloads what is still opening.
 */
const startsPath = '/dimulai'
const startsThatFail = 3
const startApartMs = 10_000
/** A start waits no longer for what is fetched anew: a server may accept and never answer. */
const mendWithinMs = 5_000

const versionOf = (page: Response) => page.headers.get(versionHeader) ?? ''

/** Counts one more start; how many came before in a row of which nothing was heard, none where it follows too fast. */
async function countStart(cache: Cache): Promise<number> {
  const { count, lastAt } = (await (await cache.match(startsPath))?.json()) ?? { count: 0, lastAt: 0 }
  const now = Date.now()
  if (Math.abs(now - lastAt) < startApartMs) return 0
  /** Nobody waits for it; on a full disk it is not counted, and the page held on. */
  void cache.put(startsPath, new Response(JSON.stringify({ count: count + 1, lastAt: now }))).catch(() => undefined)
  return count
}

const mendingIsLate = () => new Promise<false>((resolve) => setTimeout(() => resolve(false), mendWithinMs))

export type Shell = {
  /** Keeps the page of this worker's version where none is kept. */
  begin: () => Promise<void>
  /** The page that is shown; `undefined`: none was kept, and the one of this worker's version is. */
  answer: () => Promise<Response | undefined>
  /** The version of that page where it is another's. */
  held: () => Promise<string | undefined>
  /** The versions of that page and of the one before it: their files must stay. */
  inUse: () => Promise<string[]>
  /** Notes that the page which is shown has started; one that is not kept, as the disk was full, is from now on. */
  cameUp: () => Promise<void>
  /** Shows the page of this worker's version from now on. */
  show: () => Promise<void>
}

/** `own`: the page of this worker's version, from its cache. `mend` fetches anew what is damaged of that version: whether all of it is right. */
export function createShell(
  version: string,
  own: () => Promise<Response | undefined>,
  mend: () => Promise<boolean>,
): Shell {
  const open = () => caches.open(cacheName)
  const keptPage = async () => (await open()).match(path)

  async function show(): Promise<void> {
    const page = await own()
    const last = await keptPage()
    const before = last && (versionOf(last) === version ? last.headers.get(beforeHeader) : versionOf(last))
    await caches.delete(cacheName)
    if (!page) return
    const headers = new Headers(page.headers)
    headers.set(versionHeader, version)
    headers.set(beforeHeader, before ?? '')
    const kept = new Response(await page.blob(), { headers })
    /** On a full disk none is kept, and this worker's own is shown all the same. */
    await (await open()).put(path, kept).catch(() => undefined)
  }

  async function begin(): Promise<void> {
    if (!(await keptPage())) await show()
  }

  return {
    begin,
    answer: async () => {
      const cache = await open()
      const page = await cache.match(path)
      const failed = await countStart(cache)
      const isOwn = !page || versionOf(page) === version
      if (failed < (isOwn ? 1 : startsThatFail)) return page
      if (isOwn && !(await Promise.race([mend(), mendingIsLate()]))) return page
      await show()
      return undefined
    },
    held: async () => {
      const page = await keptPage()
      return page && versionOf(page) !== version ? versionOf(page) : undefined
    },
    inUse: async () => {
      const page = await keptPage()
      return page ? [versionOf(page), page.headers.get(beforeHeader) ?? ''] : []
    },
    cameUp: async () => {
      await (await open()).delete(startsPath)
      await begin()
    },
    show,
  }
}
