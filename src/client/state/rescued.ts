/** Where a draft waits in the browser's synchronous storage; all such keys begin as that of the empty key. */
export const rescuedKey = (key: string) => `hadir.draft.${key}`

/** `undefined` also where the storage is forbidden, or holds what nobody can read. */
export function readRescued(storage: Storage, key: string): unknown {
  try {
    const rescued = storage.getItem(rescuedKey(key))
    return rescued === null ? undefined : JSON.parse(rescued)
  } catch {
    return undefined
  }
}

/** A full or forbidden storage is no failure: the ordinary write is on its way all the same. */
export function keepRescued(storage: Storage, key: string, value: unknown): void {
  try {
    storage.setItem(rescuedKey(key), JSON.stringify(value))
  } catch {
    return
  }
}
