import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isNode, type Node, readSources, type Source } from '../support/sources.ts'

/**
 * Who may import whom, as src/README.md explains it: a file belongs to the longest folder that fits and may import that
 * folder itself, the folders and files of src named here, and these packages. When an import is refused, move the thing
 * down; don't widen the table. `typesOnly` leave nothing behind at run time.
 */
type Rule = { may: string[]; packages?: string[]; typesOnly?: string[] }
const table: Record<string, Rule> = {
  core: { may: [] },
  protocol: { may: ['core'], packages: ['valibot'] },
  documents: { may: ['core'], packages: ['jspdf', 'write-excel-file', 'fflate', 'hucre', 'uqr'] },
  'client/db': { may: ['core'], packages: ['dexie'] },
  'client/state': { may: ['core', 'client/db'], packages: ['@preact/signals'] },
  'client/sync': { may: ['core', 'protocol', 'client/db'], packages: ['valibot', 'fflate', '@noble/curves'] },
  'client/device': {
    may: ['core'],
    packages: ['zxing-wasm', 'pdfjs-dist', '@simplewebauthn/browser'],
    typesOnly: ['client/worker'],
  },
  'client/i18n': { may: ['locales'], packages: ['i18next', '@preact/signals'] },
  'client/ui': {
    may: ['core', 'client/state', 'client/i18n', 'client/device'],
    packages: ['preact', 'preact-iso', '@preact/signals', 'signature_pad', 'uqr'],
    typesOnly: ['client/sync', 'client/worker', 'documents', 'i18next'],
  },
  'client/sw': { may: [], packages: ['workbox-precaching', 'workbox-routing'] },
  'client/worker': { may: ['core', 'documents'], packages: ['zxing-wasm', '@noble/hashes'] },
  client: {
    may: ['core', 'protocol', 'documents', 'client'],
    packages: ['preact', '@preact/signals', 'virtual:pwa-register'],
  },
  'server/store': { may: ['core'], packages: ['node:', 'kysely', 'better-sqlite3', 'pg'] },
  'server/auth': {
    may: ['core', 'server/store/store.ts'],
    packages: ['node:', 'better-auth', '@noble/curves', '@simplewebauthn/server', 'openid-client'],
  },
  'server/files': { may: ['core', 'server/store/store.ts'], packages: ['node:', 'aws4fetch'] },
  'server/routes': {
    may: ['core', 'protocol', 'documents', 'server/store/store.ts', 'server/auth', 'server/files'],
    packages: ['hono', 'valibot', 'node:zlib'],
  },
  server: {
    may: ['core', 'protocol', 'documents', 'server'],
    packages: ['node:', 'hono', '@hono/node-server', 'pino', 'prom-client', 'rate-limiter-flexible', 'valibot'],
  },
}

const sources = readSources('src')
const outside = [...readSources('test'), ...readSources('tools')]
const inFolder = (folder: string) => sources.filter(({ path }) => path.startsWith(`src/${folder}/`))
const isWithin = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`)

function folderOf(path: string): string {
  const inSrc = path.replace(/^src\//, '')
  const folder = Object.keys(table)
    .filter((candidate) => isWithin(inSrc, candidate))
    .sort((a, b) => b.length - a.length)[0]
  if (!folder) throw new Error(`${path} lies in no folder of the table`)
  return folder
}

function isPackage(from: string, name: string): boolean {
  return name.endsWith(':') ? from.startsWith(name) : isWithin(from, name)
}

/** Why an import is refused, or `undefined`. */
function refusal(source: Source, { from, typesOnly }: Source['imports'][number]): string | undefined {
  const folder = folderOf(source.path)
  const { may, packages = [], typesOnly: mayTypes = [] } = table[folder] ?? { may: [] }
  const isLocal = from.startsWith('.')
  const file = from.replace(/\?\w+$/, '')
  if (isLocal && !/\.(tsx?|css|json|svg)$/.test(file)) return `${from} lacks its extension`
  const target = isLocal ? join(dirname(source.path), file).replace(/^src\//, '') : from
  if (isLocal && !isWithin(target, 'locales') && folderOf(target) === folder) return undefined
  const allowed = [...(isLocal ? may : packages), ...(typesOnly ? mayTypes : [])]
  return allowed.some((name) => isPackage(target, name)) ? undefined : `${folder} may not import ${target}`
}

const spokenAttributes = 'alt aria-label aria-description aria-placeholder placeholder title label'.split(' ')

/** The letters that a piece of JSX says by itself, as text or as an attribute that is read out. */
function wordsOf(node: Node): string[] {
  const spoken =
    node.type === 'JSXText'
      ? node.value
      : node.type === 'JSXAttribute' && isNode(node.name) && spokenAttributes.includes(String(node.name.name))
        ? isNode(node.value) && node.value.value
        : ''
  return typeof spoken === 'string' && /\p{L}/u.test(spoken) ? [spoken.trim()] : []
}

describe('the house', () => {
  test('every import is allowed by the table', () => {
    const refused = sources.flatMap((source) =>
      source.imports.flatMap((found) => {
        const why = refusal(source, found)
        return why ? [`${source.path}: ${why}`] : []
      }),
    )
    expect(refused).toEqual([])
  })

  test.each([
    ['src/server/routes', 80],
    ['src/client/ui/screens', 200],
    ['src/client/sync/engine.ts', 200],
    ['src', 300],
    ['test', 300],
    ['tools', 300],
  ])('no file of %s is longer than %i lines', (folder, limit) => {
    const within = [...sources, ...outside].filter(({ path }) => isWithin(path, folder))
    expect(within.length).toBeGreaterThan(0)
    expect(within.filter(({ lines }) => lines > limit).map(({ path, lines }) => `${path}: ${lines}`)).toEqual([])
  })

  test('nothing is exported by default or passed on from elsewhere', () => {
    const passing = (source: Source) =>
      source.nodes.some(
        ({ type, source: from }) =>
          type === 'ExportDefaultDeclaration' ||
          type === 'ExportAllDeclaration' ||
          (type === 'ExportNamedDeclaration' && from !== null),
      )
    expect(sources.filter(passing).map(({ path }) => path)).toEqual([])
  })

  test('screens never fetch: what they show is in memory already', () => {
    const fetching = inFolder('client/ui').filter(({ nodes }) =>
      nodes.some(({ type, callee }) => type === 'CallExpression' && isNode(callee) && callee.name === 'fetch'),
    )
    expect(fetching.map(({ path }) => path)).toEqual([])
  })

  test('nothing makes HTML or code of a string: what people typed stays text', () => {
    const makers =
      'innerHTML outerHTML insertAdjacentHTML dangerouslySetInnerHTML srcdoc createContextualFragment'.split(' ')
    const asked = (node: Node) =>
      [...makers, 'DOMParser', 'eval', 'Function'].includes(String(node.name)) && /Identifier$/.test(node.type)
    expect(sources.filter(({ nodes }) => nodes.some(asked)).map(({ path }) => path)).toEqual([])
  })

  test('screens hold no words: all of them come from locales/', () => {
    const said = inFolder('client/ui').flatMap(({ path, nodes }) =>
      nodes.flatMap(wordsOf).map((words) => `${path}: ${words}`),
    )
    expect(said).toEqual([])
  })
})

describe('packages', () => {
  const manifest: { dependencies: Record<string, string>; devDependencies: Record<string, string> } = JSON.parse(
    readFileSync('package.json', 'utf8'),
  )
  const lock: { packages: Record<string, { version?: string; resolved?: string }> } = JSON.parse(
    readFileSync('package-lock.json', 'utf8'),
  )

  test('versions are exact', () => {
    const ranges = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
    expect(ranges.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
  })

  test('the lock names no download address; `npm run lock` takes them out', () => {
    expect(Object.entries(lock.packages).filter(([, { resolved }]) => resolved)).toEqual([])
  })

  test('there is one preact, and it is 11', () => {
    const copies = Object.entries(lock.packages).filter(([path]) => /(^|\/)node_modules\/preact$/.test(path))
    expect(copies.map(([, { version }]) => version?.split('.')[0])).toEqual(['11'])
  })
})
