import { useEffect, useState } from 'preact/hooks'
import type { OwnAccount } from '../../../sync/ownAccount.ts'
import { useApp } from '../../app.ts'

type Answer = Awaited<ReturnType<OwnAccount['waysIn']>>
export type WaysIn = Extract<Answer, { ok: true }>['value']

/** What the server offers beside passwords; `undefined` until it has told. */
export function useWaysIn(): WaysIn | undefined {
  const { ownAccount } = useApp()
  const [ways, setWays] = useState<WaysIn | undefined>(undefined)
  useEffect(() => {
    ownAccount((own) => own.waysIn()).then((answer) => {
      if (answer.ok) setWays(answer.value)
    })
  }, [ownAccount])
  return ways
}
