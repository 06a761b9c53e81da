/**
 * A file of the app: under which address it is kept, and the first bytes of its SHA-256 (tools/fileHashes.ts). The
 * manifest, and what a version of before hashes were kept has listed, have none.
 */
export type AppFile = { key: string; hash: string | undefined }

/** How many files are not as they were built: the network did not give them, or the device had no room for them. */
export type Lack = { notGiven: number; notKept: number }

export const isWhole = ({ notGiven, notKept }: Lack): boolean => notGiven + notKept === 0

/** Whether it can be read and is what was built: a full disk cuts off what it writes, and an old one forgets. */
async function isRight(file: Response, hash: string | undefined): Promise<boolean> {
  try {
    const bytes = await file.arrayBuffer()
    if (hash === undefined) return true
    const digest = await crypto.subtle.digest('SHA-256', bytes)
    return hash === btoa(String.fromCharCode(...new Uint8Array(digest, 0, (hash.length * 3) / 4)))
  } catch {
    return false
  }
}

/** The file from the network, past the browser's own cache where that has something else; `undefined`: it has none. */
async function fetchRight({ key, hash }: AppFile): Promise<Response | undefined> {
  for (const cache of ['default', 'reload'] as const) {
    const answer = await fetch(key, { cache }).catch(() => undefined)
    if (!answer?.ok) return undefined
    const copy = answer.clone()
    if (await isRight(answer, hash)) return copy
  }
  return undefined
}

/** A page may not be answered with what came over a redirect. */
const direct = (file: Response) => (file.redirected ? new Response(file.body, file) : file)

/** Puts a file into a cache that lacks it. */
async function bring(cache: Cache, file: AppFile): Promise<Lack> {
  const answer = await fetchRight(file)
  if (!answer) return { notGiven: 1, notKept: 0 }
  return cache.put(file.key, direct(answer)).then(
    () => ({ notGiven: 0, notKept: 0 }),
    () => ({ notGiven: 0, notKept: 1 }),
  )
}

export type Look = {
  /** Looks into each file whether it is what was built, instead of whether it is there. */
  thorough?: boolean
  /** One after the other: what has come over a line that breaks is whole. */
  inTurn?: boolean
  /** One more file was looked at, or came. */
  onStep?: () => void
}

/** Whether a file is in the cache, and right where that is looked at. */
export async function isHeld(cache: Cache, { key, hash }: AppFile, thorough = false): Promise<boolean> {
  const held = await cache.match(key).catch(() => undefined)
  return held !== undefined && (!thorough || isRight(held, hash))
}

/** Puts into the cache what it lacks of some files, telling of each that is there or came. */
export async function complete(cache: Cache, files: AppFile[], look: Look = {}): Promise<Lack> {
  const { thorough, inTurn, onStep } = look
  const lack = { notGiven: 0, notKept: 0 }
  const coming: Promise<void>[] = []
  for (const file of files) {
    if (await isHeld(cache, file, thorough)) {
      onStep?.()
      continue
    }
    const brought = bring(cache, file).then(({ notGiven, notKept }) => {
      lack.notGiven += notGiven
      lack.notKept += notKept
      if (isWhole({ notGiven, notKept })) onStep?.()
    })
    coming.push(brought)
    if (inTurn) await brought
    if (inTurn && !isWhole(lack)) break
  }
  await Promise.all(coming)
  return lack
}
