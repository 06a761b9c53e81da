import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { readSources } from '../support/sources.ts'

const sources = new Map(readSources('src/client').map((source) => [source.path, source]))
const routes = sources.get('src/client/ui/routes.ts')?.text ?? ''
const screens = [...routes.matchAll(/'([^']+)': screen\((\[[^\]]*\]|'[^']*'),\s*\(\) =>\s*import\('([^']+)'\)/g)].map(
  ([, address = '', words = '', file = '']) => ({ address, words, file: join('src/client/ui', file) }),
)

/** Whether a file, or what comes with it, imports another one. */
function comesWith(file: string, other: string, seen = new Set<string>()): boolean {
  if (file === other) return true
  if (seen.has(file)) return false
  seen.add(file)
  const imports = sources.get(file)?.imports.filter(({ from, typesOnly }) => from.startsWith('.') && !typesOnly) ?? []
  return imports.some(({ from }) => comesWith(join(dirname(file), from), other, seen))
}

test('every screen that may say that nothing was saved has the words for it', () => {
  const saving = screens.filter(({ file }) => comesWith(file, 'src/client/ui/parts/SaveFailed.tsx'))
  expect(saving.length).toBeGreaterThan(10)
  expect(saving.filter(({ words }) => !words.includes("'person'")).map(({ address }) => address)).toEqual([])
})
