import { useEffect, useState } from 'preact/hooks'

/**
 * A secret behind the `#` of a link: kept in memory, and gone from the address bar and its history as soon as it is not
 * needed there (`isKept`); until then a reload reads it again.
 */
export function useHashSecret(isKept = true): string {
  const [secret] = useState(() => decodeURIComponent(location.hash.slice(1)))
  useEffect(() => {
    if (secret && isKept) history.replaceState(history.state, '', location.pathname + location.search)
  }, [secret, isKept])
  return secret
}
