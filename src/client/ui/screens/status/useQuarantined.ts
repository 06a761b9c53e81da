import { useEffect, useRef, useState } from 'preact/hooks'
import { may } from '../../../../core/access.ts'
import type { HeldSpace } from '../../../state/spaces.ts'
import { useApp } from '../../app.ts'

/** The server did not answer: it need not be asked about the next event. */
const unreached = ['offline', 'timeout', 'notHadir']

/** Rounds of sync come every few seconds: what the server has answered holds for so long. */
const answerMs = 60_000

/**
 * [S11] How many ops of other devices wait in the server's quarantine for a decision that is this device's to make, by
 * space; asked one event after the other, and again after rounds of sync that have reached the server. What it did not
 * tell is not in it, or as it was told before.
 */
export function useQuarantined(rows: HeldSpace[]): ReadonlyMap<string, number> {
  const { governing, identity, sync, wall } = useApp()
  const { enrolled } = identity.value
  const { lastContactAt } = sync.value
  const [waiting, setWaiting] = useState<ReadonlyMap<string, number>>(new Map())
  const answeredAt = useRef(new Map<string, number>())
  const isAsking = useRef(false)
  const asked = rows.filter(({ role, revoked }) => enrolled && !revoked && may(role, 'review'))
  const spaces = asked.map(({ space }) => space).join(' ')
  /** Of the last rendering: those that come while it is being asked are asked about, too. */
  const current = useRef(spaces)
  current.current = spaces

  useEffect(() => {
    async function ask(): Promise<void> {
      const now = wall()
      const isDue = (space: string) => Math.abs(now - (answeredAt.current.get(space) ?? 0)) >= answerMs
      const next = () => current.current.split(' ').find(isDue)
      const tell = (space: string, devices: { waiting: number }[]) => {
        const count = devices.reduce((sum, { waiting }) => sum + waiting, 0)
        setWaiting((known) => new Map(known).set(space, count))
      }
      /** A part of the app that is not on this device yet is as good as no network. */
      const asking = await governing().catch(() => undefined)
      if (!asking) return
      for (let space = next(); space; space = next()) {
        const answer = await asking.quarantine(space)
        if (!answer.ok && unreached.includes(answer.failure.kind)) return
        answeredAt.current.set(space, now)
        if (answer.ok) tell(space, answer.value.devices)
      }
    }
    if (!spaces || isAsking.current) return
    isAsking.current = true
    void ask().finally(() => {
      isAsking.current = false
    })
  }, [governing, wall, spaces, lastContactAt])

  useEffect(() => {
    return () => {
      current.current = ''
    }
  }, [])
  return waiting
}
