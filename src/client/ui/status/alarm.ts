/** Work that waits this long while the server answers does not leave by itself: a person has to look. */
const alarmAfterMs = 15 * 60_000

/** Whether unsent work stands still: it is old, and yet the server was reached lately. Times are this device's clock. */
export function isStuck(unsent: { count: number; oldestWall: number }, now: number, isContactFresh: boolean): boolean {
  return unsent.count > 0 && isContactFresh && now - unsent.oldestWall >= alarmAfterMs
}
