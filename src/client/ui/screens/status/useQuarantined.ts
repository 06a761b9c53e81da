import { useEffect, useState } from 'preact/hooks'
import { may } from '../../../../core/access.ts'
import type { HeldSpace } from '../../../state/spaces.ts'
import { useApp } from '../../app.ts'

/** The server did not answer: it need not be asked about the next event. */
const unreached = ['offline', 'timeout', 'notHadir']

/**
 * [S11] How many ops of other devices wait in the server's quarantine for a decision that is this device's to make, by
 * space; asked one event after the other, and empty without a network.
 */
export function useQuarantined(rows: HeldSpace[]): ReadonlyMap<string, number> {
  const { governing, identity } = useApp()
  const { enrolled } = identity.value
  const [waiting, setWaiting] = useState<ReadonlyMap<string, number>>(new Map())
  const asked = rows.filter(({ role, revoked }) => enrolled && !revoked && may(role, 'review'))
  const spaces = asked.map(({ space }) => space).join(' ')

  useEffect(() => {
    let gone = false
    async function ask(): Promise<void> {
      /** A part of the app that is not on this device yet is as good as no network. */
      const asking = await governing().catch(() => undefined)
      if (!asking) return
      for (const space of spaces.split(' ')) {
        const answer = await asking.quarantine(space)
        if (gone || (!answer.ok && unreached.includes(answer.failure.kind))) return
        const count = answer.ok ? answer.value.devices.reduce((sum, device) => sum + device.waiting, 0) : 0
        setWaiting((known) => new Map(known).set(space, count))
      }
    }
    if (spaces) void ask()
    return () => {
      gone = true
    }
  }, [governing, spaces])
  return waiting
}
