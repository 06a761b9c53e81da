/** An update that found no room: each start would fetch it anew, and fill the phone to the last byte for a moment. */
const cacheName = 'penuh'
const path = '/sejak'
const againAfterMs = 6 * 3_600_000

/** Whether there was no room a short while ago. */
export async function wasFull(now: number): Promise<boolean> {
  if (!(await caches.has(cacheName))) return false
  const at: unknown = await (await (await caches.open(cacheName)).match(path))?.json().catch(() => undefined)
  return typeof at === 'number' && Math.abs(now - at) < againAfterMs
}

/** Where there is no room even for that, the update is tried again at the next start. */
export async function noteFull(now: number): Promise<void> {
  await (await caches.open(cacheName)).put(path, new Response(JSON.stringify(now))).catch(() => undefined)
}

export const forgetFull = (): Promise<boolean> => caches.delete(cacheName)
