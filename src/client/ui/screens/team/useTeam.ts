import { useCallback, useEffect, useState } from 'preact/hooks'
import type { Account } from '../../../sync/account.ts'
import { useApp } from '../../app.ts'

const refreshMs = 5_000

type Answer = Awaited<ReturnType<Account['team']>>
export type Team = Extract<Answer, { ok: true }>['value']
export type TeamFailure = Extract<Answer, { ok: false }>['failure']

/**
 * The team as the server last told it, and why it did not tell it anew. Asked every few seconds while the page is in
 * sight, one question at a time: whoever shows a code sees it being used.
 */
export function useTeam(space: string): {
  team: Team | undefined
  failure: TeamFailure | undefined
  load: () => Promise<void>
} {
  const { account } = useApp()
  const [team, setTeam] = useState<Team | undefined>(undefined)
  const [failure, setFailure] = useState<TeamFailure | undefined>(undefined)
  const load = useCallback(async () => {
    const answer = await account.team(space)
    if (answer.ok) setTeam(answer.value)
    setFailure(answer.ok ? undefined : answer.failure)
  }, [account, space])
  useEffect(() => {
    let asking = false
    async function refresh(): Promise<void> {
      if (asking || document.visibilityState !== 'visible') return
      asking = true
      await load()
      asking = false
    }
    void refresh()
    const timer = setInterval(refresh, refreshMs)
    document.addEventListener('visibilitychange', refresh)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', refresh)
    }
  }, [load])
  return { team, failure, load }
}
