import type { Device, Store } from '../store/store.ts'

/**
 * Writes a device that enrols, in the place of `before` when it takes a new key ([S8]): its grants go over, and so does a
 * revocation. Under a new key too a revoked device only hands its work over ([S11]).
 */
export async function keepDevice(store: Store, device: Device, before: Device | undefined): Promise<void> {
  const { dev, revokedAt } = device
  await store.putDevice(device)
  if (before && before.dev !== dev) await store.copyGrants(`device:${before.dev}`, `device:${dev}`)
  if (revokedAt !== null) await store.revokeDevice(dev, revokedAt)
}
