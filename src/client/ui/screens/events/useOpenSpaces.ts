import { useEffect, useState } from 'preact/hooks'
import type { OpenSpace } from '../../../state/openSpace.ts'
import type { HeldSpace } from '../../../state/spaces.ts'
import { useApp } from '../../app.ts'

/**
 * The rows' spaces as they open, one after the other so that the list answers meanwhile; by id. One that cannot be
 * opened keeps no other from it.
 */
export function useOpenSpaces(rows: HeldSpace[]): ReadonlyMap<string, OpenSpace> {
  const { spaces } = useApp()
  const [opened, setOpened] = useState<ReadonlyMap<string, OpenSpace>>(new Map())
  useEffect(() => {
    let gone = false
    async function openAll(): Promise<void> {
      for (const { space } of rows) {
        const found = await spaces.open(space).catch(() => undefined)
        if (gone) return
        if (found) setOpened((held) => (held.get(space) === found ? held : new Map(held).set(space, found)))
      }
    }
    void openAll()
    return () => {
      gone = true
    }
  }, [rows, spaces])
  return opened
}
