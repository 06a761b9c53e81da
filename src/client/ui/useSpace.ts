import { useEffect, useState } from 'preact/hooks'
import type { OpenSpace } from '../state/openSpace.ts'
import { useApp } from './app.ts'
import { useCrash } from './useCrash.ts'

/** The space of a route: `undefined` while it opens, `null` when this device does not hold it. */
export function useSpace(id: string | undefined): OpenSpace | null | undefined {
  return useOpening(id, useCrash())
}

/** The same on a screen that has more to say: an event that cannot be opened stays `undefined`, and ends nothing else. */
export function useSpaceBeside(id: string | undefined): OpenSpace | null | undefined {
  return useOpening(id)
}

function useOpening(id: string | undefined, fail: (error: unknown) => void = () => undefined) {
  const { spaces } = useApp()
  const [found, setFound] = useState<{ id: string; space: OpenSpace | null } | undefined>(undefined)
  const held = spaces.rows.value?.some((row) => row.space === id)
  useEffect(() => {
    let gone = false
    const unlessGone = (tell: () => void) => !gone && tell()
    if (id)
      spaces.open(id).then(
        (opened) => unlessGone(() => setFound({ id, space: opened ?? null })),
        (error) => unlessGone(() => fail(error)),
      )
    return () => {
      gone = true
    }
  }, [id, held, spaces])
  return found?.id === id ? found?.space : undefined
}
