import type { Status } from '../../../state/status.ts'
import { type AppParts, useApp } from '../../app.ts'
import { useNow } from '../../status/StatusLine.tsx'
import { type Read, useRead } from '../../useRead.ts'
import { isAnswered, keptFileKey, readKeptFile } from '../rescue/keptFile.ts'

/** What would be lost with this device, as read from its disk at `checkedAt` (this device's clock). */
export type Safety = Awaited<ReturnType<Status['readAtRisk']>> & { checkedAt: number }

export function isSafe({ localOnly, parked, drafts, isUnsure }: Safety): boolean {
  return localOnly === 0 && parked === 0 && drafts.length === 0 && !isUnsure
}

/** What is at risk now. A rescue file that was all delivered meanwhile, as no screen looked, is no unsaved work. */
async function readNow({ drafts, rescue, status }: Pick<AppParts, 'drafts' | 'rescue' | 'status'>) {
  await drafts.settled()
  const read = await status.readAtRisk()
  const mayBeDelivered = read.localOnly === 0 && read.drafts.includes(keptFileKey)
  const kept = mayBeDelivered ? await readKeptFile({ drafts, rescue }) : undefined
  return kept && isAnswered(kept) ? status.readAtRisk() : read
}

/** Reads the disk now, and again on each change and every few seconds. */
export function useSafety(): Read<Safety> {
  const { status, drafts, rescue, wall } = useApp()
  const unsent = status.unsent.value
  const now = useNow()
  const read = async () => ({ ...(await readNow({ drafts, rescue, status })), checkedAt: wall() })
  return useRead(read, [status, drafts, rescue, wall, unsent, now])
}
