import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { Governing } from '../../../sync/governing.ts'
import { useApp } from '../../app.ts'

type Answer = Awaited<ReturnType<Governing['audit']>>
type Page = Extract<Answer, { ok: true }>['value']
type Failure = Extract<Answer, { ok: false }>['failure']

/** What was loaded of the server's history, latest first, and who is behind the devices and accounts in it. */
export type Audit = {
  entries: Page['entries']
  names: ReadonlyMap<string, Page['names'][number]>
  /** What people are called, by account. */
  accounts: ReadonlyMap<string, string>
  /** Nothing older is left on the server. */
  isWhole: boolean
}

const nothing: Audit = { entries: [], names: new Map(), accounts: new Map(), isWhole: false }

/**
 * The server's history of an event, or with `*` of everything, or of one device in it, as far as it was loaded. Needs a
 * network.
 */
export function useAudit(
  space: string,
  dev: string | undefined,
): {
  audit: Audit
  state: 'loading' | 'ready' | Failure
  older: () => Promise<void>
  /** Loads everything; `undefined` when the server did not give all of it, or somebody left meanwhile. */
  whole: () => Promise<Audit | undefined>
} {
  const { governing } = useApp()
  const [audit, setAudit] = useState(nothing)
  const [state, setState] = useState<'loading' | 'ready' | Failure>('loading')
  const isOpen = useRef(true)
  useEffect(
    () => () => {
      isOpen.current = false
    },
    [],
  )

  const load = useCallback(
    async (held: Audit): Promise<Audit | undefined> => {
      setState('loading')
      const answer = await (await governing()).audit(space, { dev, before: held.entries.at(-1)?.seq })
      if (!isOpen.current) return undefined
      setState(answer.ok ? 'ready' : answer.failure)
      if (!answer.ok) return undefined
      const { entries, names, accounts, more } = answer.value
      const next: Audit = {
        entries: [...held.entries, ...entries],
        names: new Map([...held.names, ...names.map((one) => [one.dev, one] as const)]),
        accounts: new Map([...held.accounts, ...accounts.map(({ account, name }) => [account, name] as const)]),
        isWhole: !more,
      }
      setAudit(next)
      return next
    },
    [governing, space, dev],
  )
  useEffect(() => void load(nothing), [load])

  async function whole(): Promise<Audit | undefined> {
    let held: Audit | undefined = audit
    while (held && !held.isWhole) held = await load(held)
    return held
  }
  return { audit, state, older: async () => void (await load(audit)), whole }
}
