import { useState } from 'preact/hooks'

/** Takes the error of a promise to whoever says that the app has failed: a screen that waits for it would for ever. */
export function useCrash(): (error: unknown) => void {
  const [crash, setCrash] = useState<{ error: unknown } | undefined>(undefined)
  if (crash) throw crash.error
  return (error) => setCrash({ error })
}
