import { useEffect, useState } from 'preact/hooks'
import { useApp } from '../../app.ts'

/** The keys of what is kept and unsaved, read anew when `version` changes; none until the disk has answered. */
export function useDraftKeys(version: unknown): string[] {
  const { drafts } = useApp()
  const [keys, setKeys] = useState<string[]>([])
  useEffect(() => {
    let gone = false
    drafts.keys().then((found) => !gone && setKeys(found))
    return () => {
      gone = true
    }
  }, [drafts, version])
  return keys
}
