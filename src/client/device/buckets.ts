/** What Chromium has since version 122, and TypeScript does not name yet. */
type StorageBuckets = {
  keys: () => Promise<string[]>
  open: (name: string, options?: { persisted: boolean }) => Promise<{ indexedDB: IDBFactory }>
  delete: (name: string) => Promise<void>
}

/** What `make` adds to a prefix, and how long a browser lets a name be. */
const addedLength = 20
const mostLength = 64

/**
 * Places for storage of their own, whose names begin with `prefix`: what damages the files of one leaves the others
 * whole. `leftOver`: those whose tab is gone; `make`: one with `kind` in its name, kept while this tab lives, which the
 * browser promises not to clear where it promises that of the site: the one promise does not hold for the other.
 * `channel`: where the tabs tell one another of those of a kind. `undefined` in a browser without them, on plain http, and
 * with a prefix that is too long for a name.
 */
export function findBuckets(prefix: string) {
  const storage: StorageBuckets | undefined = Reflect.get(navigator, 'storageBuckets')
  if (!storage || !('locks' in navigator) || prefix.length + addedLength > mostLength) return undefined
  const names = async () => (await storage.keys()).filter((name) => name.startsWith(prefix))
  const open = async (name: string) => (await storage.open(name)).indexedDB
  return {
    names,
    leftOver: async () => {
      /** In this order: one that is made meanwhile is held before it is there. */
      const there = await names()
      const { held = [] } = await navigator.locks.query()
      const living = new Set(held.map(({ name }) => name))
      return there.filter((name) => !living.has(name))
    },
    make: async (kind: string) => {
      const name = `${prefix}${kind}-${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`
      await new Promise<void>((resolve, reject) => {
        const hold = () => {
          resolve()
          return new Promise<void>(() => undefined)
        }
        navigator.locks.request(name, hold).catch(reject)
      })
      const persisted = (await navigator.storage.persisted?.()) ?? false
      return { name, indexedDB: (await storage.open(name, { persisted })).indexedDB }
    },
    open,
    drop: (name: string) => storage.delete(name),
    channel: (kind: string) => new BroadcastChannel(prefix + kind),
  }
}
