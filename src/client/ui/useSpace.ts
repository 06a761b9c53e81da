import { useEffect, useState } from 'preact/hooks'
import type { OpenSpace } from '../state/openSpace.ts'
import { useApp } from './app.ts'
import { useCrash } from './useCrash.ts'

/** The space of a route: `undefined` while it opens, `null` when this device does not hold it. */
export function useSpace(id: string | undefined): OpenSpace | null | undefined {
  const { spaces } = useApp()
  const [space, setSpace] = useState<OpenSpace | null | undefined>(undefined)
  const fail = useCrash()
  const held = spaces.rows.value?.some((row) => row.space === id)
  useEffect(() => {
    let gone = false
    if (id) spaces.open(id).then((opened) => !gone && setSpace(opened ?? null), fail)
    return () => {
      gone = true
    }
  }, [id, held, spaces])
  return space?.id === id || space === null ? space : undefined
}
