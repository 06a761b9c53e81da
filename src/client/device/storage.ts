/** What the browser says about the storage of this site; `undefined` where it does not say. */
export type StorageHealth = {
  /** Whether the browser promises not to clear it by itself. */
  persisted: boolean | undefined
  freeBytes: number | undefined
}

/** Asks the browser to keep this site's storage; Chrome decides by itself, without a prompt (platform.md 1.7). */
export async function keepStorage(): Promise<boolean> {
  try {
    return (await navigator.storage?.persist?.()) ?? false
  } catch {
    return false
  }
}

export async function readStorageHealth(): Promise<StorageHealth> {
  try {
    const persisted = await navigator.storage?.persisted?.()
    const { quota, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {}
    return { persisted, freeBytes: quota === undefined ? undefined : Math.max(0, quota - usage) }
  } catch {
    return { persisted: undefined, freeBytes: undefined }
  }
}
