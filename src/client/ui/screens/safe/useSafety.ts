import { useEffect, useState } from 'preact/hooks'
import { useApp } from '../../app.ts'
import { useNow, useUnsentTotal } from '../../status/StatusLine.tsx'

/** What would be lost with this device, as read from its disk at `checkedAt` (this device's clock). */
export type Safety = { localOnly: number; parked: number; drafts: string[]; checkedAt: number }

export function isSafe({ localOnly, parked, drafts }: Safety): boolean {
  return localOnly === 0 && parked === 0 && drafts.length === 0
}

/** Reads the disk now, and again on each change and every few seconds; `undefined` until it has answered. */
export function useSafety(): Safety | undefined {
  const { status, drafts, wall } = useApp()
  const { parked } = useUnsentTotal()
  const unsent = status.unsent.value
  const now = useNow()
  const [safety, setSafety] = useState<Safety | undefined>(undefined)
  useEffect(() => {
    let gone = false
    Promise.all([status.countLocalOnly(), drafts.keys()]).then(([localOnly, keys]) => {
      if (!gone) setSafety({ localOnly, parked, drafts: keys, checkedAt: wall() })
    })
    return () => {
      gone = true
    }
  }, [status, drafts, wall, unsent, parked, now])
  return safety
}
