/** Errors that say that a part of the app has not come to this device, as preloadError.ts hears of them. */
export const partMissing = new WeakSet<Error>()
