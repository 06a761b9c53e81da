/** What the browser says about the storage of this site; `undefined` where it does not say. */
export type StorageHealth = {
  /** Whether the browser promises not to clear it by itself. */
  persisted: boolean | undefined
  freeBytes: number | undefined
}

/** Whoever does not see Firefox's question never answers it. */
const answerWithinMs = 10_000

/**
 * Asks the browser to keep this site's storage. Chrome decides by itself; Firefox asks the person, and what she says
 * later still counts (platform.md 1.7).
 */
export async function keepStorage(): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const unanswered = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), answerWithinMs)
  })
  try {
    return (await Promise.race([navigator.storage?.persist?.(), unanswered])) ?? false
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}

/** What the browser says of its storage; `undefined` where it says nothing. */
export async function readStorageHealth(): Promise<StorageHealth> {
  try {
    const persisted = await navigator.storage?.persisted?.()
    const { quota, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {}
    return { persisted, freeBytes: quota === undefined ? undefined : Math.max(0, quota - usage) }
  } catch {
    return { persisted: undefined, freeBytes: undefined }
  }
}

/** Whether this phone is set to use as little data as it can: then nothing is fetched that nobody asked for. */
export function savesData(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean } }
  return connection?.saveData === true
}
