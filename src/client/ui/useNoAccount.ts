import { useApp } from './app.ts'

/** Whether this device came in by a code and never had an account: its holder cannot sign in again, but come in anew. */
export function useNoAccount(): boolean {
  const { identity, device } = useApp()
  const { account, lastAccount, lastMark } = identity.value
  return !account && lastAccount === undefined && lastMark === undefined && device().holder !== ''
}
