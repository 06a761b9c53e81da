import { useEffect, useState } from 'preact/hooks'

/** A secret behind the `#` of a link: kept in memory, and gone from the address bar and its history at once. */
export function useHashSecret(): string {
  const [secret] = useState(() => decodeURIComponent(location.hash.slice(1)))
  useEffect(() => {
    if (secret) history.replaceState(history.state, '', location.pathname + location.search)
  }, [secret])
  return secret
}
