import { useEffect, useState } from 'preact/hooks'
import { foldText } from '../../../../core/name.ts'
import type { Steps } from '../../../../core/steps.ts'
import { runInSlices } from '../../../state/slices.ts'

/** Texts as they are searched, each folded when it is first looked at. */
const foldedBy = new WeakMap<readonly string[], string[]>()

/** The texts that hold what is wanted, a text a step. */
function* findTexts(texts: readonly string[], wanted: string): Steps<string[]> {
  const folded = foldedBy.get(texts) ?? []
  foldedBy.set(texts, folded)
  const found: string[] = []
  for (const [at, text] of texts.entries()) {
    const searched = folded[at] ?? foldText(text)
    folded[at] = searched
    if (searched.includes(wanted)) found.push(text)
    yield
  }
  return found
}

/**
 * Of thousands of texts those that hold what is typed, looked for while the page answers; `undefined`: nothing is
 * wanted.
 */
export function useFound(texts: readonly string[], typed: string): readonly string[] | undefined {
  const wanted = foldText(typed)
  const [found, setFound] = useState<readonly string[] | undefined>(undefined)
  useEffect(() => {
    if (wanted === '') return setFound(undefined)
    return runInSlices(findTexts(texts, wanted), setFound)
  }, [texts, wanted])
  return found
}
