import { type ReadonlySignal, signal } from '@preact/signals'
import { toBase64Url } from '../../core/bytes.ts'
import { makeChallenge } from '../../core/kiosk.ts'
import { firstRead } from '../db/connection.ts'
import { endKiosk, takeTry, watchKiosk, writeKiosk } from '../db/kiosk.ts'
import type { KioskRow } from '../db/kioskRow.ts'
import type { Database } from '../db/schema.ts'

/** What this device records while it is a kiosk; `lockedUntil` by this device's clock. */
export type KioskRun = Pick<KioskRow, 'space' | 'session' | 'lockedUntil' | 'challenge'>

/**
 * A device that people pass around: while `run` holds, every address shows the kiosk, in every tab and after a reload
 * or a kill. The PIN keeps attendees from the list; it does not protect the device's storage, and ending a kiosk
 * without it loses nothing.
 */
export type Kiosk = {
  run: ReadonlySignal<KioskRun | undefined>
  start: (space: string, session: string, pin: string) => Promise<void>
  /**
   * Ends it when what was typed is the PIN or `releaseCode`, what another device of the team made (core/kiosk.ts).
   * Wrong PINs make the PIN wait, not the code.
   */
  leave: (typed: string, releaseCode: string | undefined) => Promise<'left' | 'wrong' | 'wait'>
}

export type KioskParts = {
  db: Database
  wall: () => number
  random: (count: number) => Uint8Array
  /** Slow on purpose, base64url. */
  hashPin: (pin: string, salt: string) => Promise<string>
}

/** Resolves when it is known whether this device is a kiosk: nothing else may be shown before. */
export async function createKiosk({ db, wall, random, hashPin }: KioskParts): Promise<Kiosk> {
  const run = signal<KioskRun | undefined>(undefined)
  const kiosk: Kiosk = {
    run,
    start: async (space, session, pin) => {
      const salt = toBase64Url(random(16))
      const hash = await hashPin(pin, salt)
      const challenge = makeChallenge(random(4))
      await writeKiosk(db, { key: 'kiosk', space, session, hash, salt, tries: 0, lockedUntil: 0, challenge })
    },
    leave: async (typed, releaseCode) => {
      const taken = await takeTry(db, wall(), typed)
      if (!taken) return run.value ? 'wait' : 'left'
      const { row, only } = taken
      const isRight = typed === releaseCode || (!only && (await hashPin(typed, row.salt)) === row.hash)
      if (!isRight) return only ? 'wait' : 'wrong'
      await endKiosk(db)
      run.value = undefined
      return 'left'
    },
  }
  await firstRead(watchKiosk, db, (row) => {
    run.value = row
  })
  return kiosk
}
