import { reservedBytes } from '../../../../core/savedFile.ts'
import { clockOffMs, dayMs } from '../../../../core/time.ts'
import type { AppCache } from '../../../device/appCache.ts'
import type { StorageHealth } from '../../../device/storage.ts'

/** Everything that must be true before a phone leaves coverage, as found. Times are this device's clock, epoch ms. */
export type Facts = {
  people: number
  progress: { seq: number; head: number }
  appCache: AppCache
  /** An update found no room here. */
  updateWasFull: boolean
  readsCodes: boolean
  storage: StorageHealth
  clockOffsetMs: number
  clockMeasuredAt: number | undefined
  enrolled: boolean
  unsent: { count: number; parked: number }
  /** Files that the event's materials have, and how many of them are not on this device. */
  files: { count: number; missing: number }
  now: number
}

export const checks = [
  'event',
  'app',
  'update',
  'scanner',
  'storage',
  'room',
  'clock',
  'session',
  'sent',
  'files',
] as const
export type Check = (typeof checks)[number]

/** What keeps a check from being met; each has its words and, where the app can do something, a button. */
export type Need =
  | 'eventPart'
  | 'noPeople'
  | 'appMissing'
  | 'appNotControlled'
  | 'appUnsupported'
  | 'updateFull'
  | 'scannerFails'
  | 'notPersisted'
  | 'little'
  | 'clockUnknown'
  | 'clockWrong'
  | 'notEnrolled'
  | 'contactOld'
  | 'unsent'
  | 'parked'
  | 'filesMissing'

/** Asked within a day, the server has renewed the device's cookie for longer than any event lasts. */
const contactFreshMs = dayMs

function needOf(check: Check, facts: Facts): Need | false {
  const { people, progress, appCache, storage, clockMeasuredAt, clockOffsetMs, enrolled, unsent, now } = facts
  switch (check) {
    case 'event':
      return progress.seq < progress.head ? 'eventPart' : people === 0 && 'noPeople'
    case 'app':
      if (appCache.state === 'controlled') return appCache.missing > 0 && 'appMissing'
      return appCache.state === 'unsupported' ? 'appUnsupported' : 'appNotControlled'
    case 'update':
      return facts.updateWasFull && 'updateFull'
    case 'scanner':
      return !facts.readsCodes && 'scannerFails'
    case 'storage':
      return storage.persisted !== true && 'notPersisted'
    case 'room':
      return storage.freeBytes !== undefined && storage.freeBytes < reservedBytes && 'little'
    case 'clock':
      return clockMeasuredAt === undefined ? 'clockUnknown' : Math.abs(clockOffsetMs) > clockOffMs && 'clockWrong'
    case 'session':
      if (!enrolled) return 'notEnrolled'
      return (clockMeasuredAt === undefined || now - clockMeasuredAt > contactFreshMs) && 'contactOld'
    case 'sent':
      return unsent.count > 0 ? 'unsent' : unsent.parked > 0 && 'parked'
    case 'files':
      return facts.files.missing > 0 && 'filesMissing'
  }
}

const isSaid = (check: Check, { files }: Facts) => check !== 'update' && (check !== 'files' || files.count > 0)

/**
 * What is met, and what is not with the reason. Of files nothing is said where there are none, nor of an update that found
 * its room.
 */
export function judgeReadiness(facts: Facts): { met: Check[]; needs: Need[] } {
  const needs = checks.map((check) => needOf(check, facts))
  return {
    met: checks.filter((check, i) => needs[i] === false && isSaid(check, facts)),
    needs: needs.filter((need): need is Need => need !== false),
  }
}
