import { readdirSync, readFileSync } from 'node:fs'
import { parseSync } from 'vite'

/** What one file imports: `from` as it is written, `typesOnly` when nothing of it is left at run time. */
export type Import = { from: string; typesOnly: boolean }

/** A node of the syntax tree; only what the checks look at. */
export type Node = { type: string; [field: string]: unknown }

export type Source = { path: string; text: string; lines: number; imports: Import[]; nodes: Node[] }

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

function flatten(value: unknown, into: Node[]): Node[] {
  if (Array.isArray(value)) for (const item of value) flatten(item, into)
  else if (isNode(value)) {
    into.push(value)
    for (const inner of Object.values(value)) if (typeof inner === 'object') flatten(inner, into)
  }
  return into
}

function readImports(nodes: Node[]): Import[] {
  const imports: Import[] = []
  for (const node of nodes) {
    const { type, source } = node
    if (!isNode(source) || typeof source.value !== 'string') continue
    if (type === 'ImportExpression') imports.push({ from: source.value, typesOnly: false })
    else if (type === 'TSImportType') imports.push({ from: source.value, typesOnly: true })
    else {
      const names = Array.isArray(node.specifiers) ? node.specifiers.filter(isNode) : []
      const typesOnly =
        node.importKind === 'type' || (names.length > 0 && names.every(({ importKind }) => importKind === 'type'))
      imports.push({ from: source.value, typesOnly })
    }
  }
  return imports
}

/** Every TypeScript file under a folder of the project, parsed; `path` is relative to the project's root. */
export function readSources(folder: string): Source[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => {
      const path = `${folder}/${name}`
      const text = readFileSync(path, 'utf8')
      const nodes = flatten(parseSync(path, text).program, [])
      return { path, text, lines: text.trimEnd().split('\n').length, imports: readImports(nodes), nodes }
    })
}
