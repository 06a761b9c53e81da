import { useEffect, useState } from 'preact/hooks'
import type { Status } from '../../../state/status.ts'
import { useApp } from '../../app.ts'
import { useNow } from '../../status/StatusLine.tsx'

/** What would be lost with this device, as read from its disk at `checkedAt` (this device's clock). */
export type Safety = Awaited<ReturnType<Status['readAtRisk']>> & { checkedAt: number }

export function isSafe({ localOnly, parked, drafts, isUnsure }: Safety): boolean {
  return localOnly === 0 && parked === 0 && drafts.length === 0 && !isUnsure
}

/** Reads the disk now, and again on each change and every few seconds; `undefined` until it has answered. */
export function useSafety(): Safety | undefined {
  const { status, drafts, wall } = useApp()
  const unsent = status.unsent.value
  const now = useNow()
  const [safety, setSafety] = useState<Safety | undefined>(undefined)
  useEffect(() => {
    let gone = false
    drafts
      .settled()
      .then(status.readAtRisk)
      .then((read) => {
        if (!gone) setSafety({ ...read, checkedAt: wall() })
      })
    return () => {
      gone = true
    }
  }, [status, drafts, wall, unsent, now])
  return safety
}
