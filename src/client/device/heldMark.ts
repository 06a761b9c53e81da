/**
 * Says, beside the database, that events were held here: it outlives a browser that clears IndexedDB alone, as Chromium
 * may when its disk is full, and as people do by hand. Nothing of anybody is in it. Where the browser clears the whole
 * site it goes along, and only the server can tell.
 */
export type HeldMark = { isSet: () => boolean; set: () => void; clear: () => void }

/** `name`: the database's. A storage that is forbidden or full has no mark, which is no failure. */
export function createHeldMark(name: string): HeldMark {
  const key = `${name}.held`
  function attempt<T>(work: () => T): T | undefined {
    try {
      return work()
    } catch {
      return undefined
    }
  }
  return {
    isSet: () => attempt(() => localStorage.getItem(key)) === '1',
    set: () => attempt(() => localStorage.setItem(key, '1')),
    clear: () => attempt(() => localStorage.removeItem(key)),
  }
}
