/** Places for storage of their own: what damages the files of one leaves the others whole. */
export type Buckets = {
  /** Those that any tab has made, this one's too. */
  names: () => Promise<string[]>
  /** Of these, those whose tab is gone. */
  leftOver: () => Promise<string[]>
  /** Makes one under a name of its own, with `kind` in it, and keeps it while this tab lives. */
  make: (kind: string) => Promise<{ name: string; indexedDB: IDBFactory }>
  open: (name: string) => Promise<IDBFactory>
  drop: (name: string) => Promise<void>
}

/** What Chromium has since version 122, and TypeScript does not name yet. */
type StorageBuckets = {
  keys: () => Promise<string[]>
  open: (name: string) => Promise<{ indexedDB: IDBFactory }>
  delete: (name: string) => Promise<void>
}

/** Buckets whose names begin with `prefix`; `undefined` in a browser without them, and on plain http. */
export function findBuckets(prefix: string): Buckets | undefined {
  const storage: StorageBuckets | undefined = Reflect.get(navigator, 'storageBuckets')
  if (!storage || !('locks' in navigator)) return undefined
  const names = async () => (await storage.keys()).filter((name) => name.startsWith(prefix))
  const open = async (name: string) => (await storage.open(name)).indexedDB
  return {
    names,
    leftOver: async () => {
      const { held = [] } = await navigator.locks.query()
      const living = new Set(held.map(({ name }) => name))
      return (await names()).filter((name) => !living.has(name))
    },
    make: async (kind) => {
      const name = `${prefix}${kind}-${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`
      await new Promise<void>((resolve, reject) => {
        const hold = () => {
          resolve()
          return new Promise<void>(() => undefined)
        }
        navigator.locks.request(name, hold).catch(reject)
      })
      return { name, indexedDB: await open(name) }
    },
    open,
    drop: (name) => storage.delete(name),
  }
}
