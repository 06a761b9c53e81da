import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parkReasons } from '../../src/server/store/store.ts'
import { isNode, type Node, readSources, type Source } from '../support/sources.ts'

type Words = Map<string, string>

/** Keys as i18next writes them (`status.sent`), plural endings left off: Indonesian has one form, English two. */
function flatten(value: unknown, path: string[] = [], into: Words = new Map()): Words {
  if (typeof value === 'string') into.set(path.join('.'), value)
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) flatten(inner, [...path, key], into)
  return into
}

const withoutPlural = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '')
const readWords = (language: string, file: string) =>
  flatten(JSON.parse(readFileSync(`locales/${language}/${file}`, 'utf8')))
const placeholders = (text: string) => [...new Set([...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name))].sort()

const files = readdirSync('locales/id')

describe('locales', () => {
  test('both languages have the same files', () => {
    expect(readdirSync('locales')).toEqual(['en', 'id'])
    expect(readdirSync('locales/en')).toEqual(files)
  })

  test.each(files)('%s has the same keys in both', (file) => {
    const keys = (language: string) => [...new Set([...readWords(language, file).keys()].map(withoutPlural))].sort()
    expect(keys('en')).toEqual(keys('id'))
  })

  test.each(files)('%s has the same placeholders in both, and no empty words', (file) => {
    const english = readWords('en', file)
    for (const [key, text] of readWords('id', file)) {
      const other = english.get(key) ?? english.get(`${withoutPlural(key)}_other`) ?? ''
      expect({ key, names: placeholders(other) }).toEqual({ key, names: placeholders(text) })
      expect([text.trim(), other.trim()], key).not.toContain('')
    }
  })
})

test.each(files)('no age in %s stands there without a word of what it is the age of', (file) => {
  const bare = ['id', 'en'].flatMap((language) =>
    [...readWords(language, file).values()].filter((text) => /, \{\{age/.test(text)),
  )
  expect(bare).toEqual([])
})

test.each(['id', 'en'])('[S4] %s says of each reason for which ops are parked why, and what to do', (language) => {
  const words = readWords(language, 'status.json')
  const said = (part: string) =>
    [...words.keys()].filter((key) => key.startsWith(part)).map((key) => key.slice(part.length))
  /** `other` is for the reasons of a newer server, and hides none of ours. */
  const expected = [...parkReasons, 'other'].sort()
  expect(said('parkedFor.').sort()).toEqual(expected)
  expect(said('whatToDo.').sort()).toEqual(expected)
  expect(new Set(parkReasons.map((reason) => words.get(`parkedFor.${reason}`))).size).toBe(parkReasons.length)
})

/** The keys that an argument of `t` may stand for; a template gives what stands before its first `${`. */
function keysOf(argument: unknown): { key: string; isStart: boolean }[] {
  if (!isNode(argument)) return []
  if (argument.type === 'ConditionalExpression') return [...keysOf(argument.consequent), ...keysOf(argument.alternate)]
  if (typeof argument.value === 'string') return [{ key: argument.value, isStart: false }]
  if (argument.type !== 'TemplateLiteral' || !Array.isArray(argument.quasis)) return []
  const [{ value } = { value: { cooked: '' } }]: { value: { cooked: string } }[] = argument.quasis
  return [{ key: value.cooked, isStart: true }]
}

function callsOf(nodes: Node[], name: string): unknown[] {
  return nodes.flatMap(({ type, callee, arguments: given }) =>
    type === 'CallExpression' && isNode(callee) && callee.name === name && Array.isArray(given) ? [given[0]] : [],
  )
}

test('every key that a screen says exists', () => {
  const words = new Map(files.map((file) => [file.replace('.json', ''), [...readWords('id', file).keys()]]))
  const missing = readSources('src/client').flatMap(({ path, nodes }) => {
    const named = callsOf(nodes, 'useWords')
      .flatMap(keysOf)
      .map(({ key }) => key)
    const spaces = named.length > 0 ? [...new Set([...named, 'shell'])] : [...words.keys()]
    const known = spaces.flatMap((space) => words.get(space) ?? [])
    return callsOf(nodes, 't')
      .flatMap(keysOf)
      .filter(
        ({ key, isStart }) =>
          !known.some((has) => (isStart ? has.startsWith(key) : has === key || withoutPlural(has) === key)),
      )
      .map(({ key }) => `${path}: ${key} (${spaces.join(', ')})`)
  })
  expect(missing).toEqual([])
})

/** Every text that stands in a file, and the fixed beginnings and ends of its templates. */
function textsOf({ nodes }: Source): { texts: Set<string>; templates: [string, string][] } {
  const texts = new Set<string>()
  const templates: [string, string][] = []
  for (const { type, value, key, quasis } of nodes) {
    if (type === 'Literal' && typeof value === 'string') texts.add(value)
    if (type === 'Property' && isNode(key) && typeof key.name === 'string') texts.add(key.name)
    if (type !== 'TemplateLiteral' || !Array.isArray(quasis)) continue
    const fixed: string[] = quasis.map((quasi: { value: { cooked: string } }) => quasi.value.cooked)
    templates.push([fixed[0] ?? '', fixed.at(-1) ?? ''])
  }
  return { texts, templates }
}

/** A key may be handed on: it counts as said where its text, or a template that gives it, stands in a file of its words. */
test('every word is said by a screen that has it, or by what is said from many', () => {
  const sources = ['src/client', 'src/core', 'src/server/store'].flatMap(readSources).map((source) => ({
    ...textsOf(source),
    spaces: ['useWords', 'wordsOf']
      .flatMap((name) => callsOf(source.nodes, name).flatMap(keysOf))
      .map(({ key }) => key),
  }))
  const unsaid = files.flatMap((file) => {
    const space = file.replace('.json', '')
    const sayers = sources.filter(({ spaces }) => space === 'shell' || spaces.length === 0 || spaces.includes(space))
    const isSaid = (key: string) =>
      sayers.some(
        ({ texts, templates }) =>
          texts.has(key) ||
          templates.some(([start, end]) => start.length + end.length > 1 && key.startsWith(start) && key.endsWith(end)),
      )
    const keys = new Set([...readWords('id', file).keys()].map(withoutPlural))
    return [...keys].filter((key) => !isSaid(key)).map((key) => `${space}: ${key}`)
  })
  expect(unsaid).toEqual([])
})

/** Records are set and facts added by these, wherever an op is made. */
test('the history has a word for each kind of record and of fact, and for no other', () => {
  const kinds = ['src/core', 'src/client'].flatMap(readSources).flatMap(({ nodes }) =>
    nodes.flatMap(({ type, properties }) => {
      if (type !== 'ObjectExpression' || !Array.isArray(properties)) return []
      const ofField = (name: string) =>
        properties.filter(isNode).find(({ key }) => isNode(key) && key.name === name)?.value
      const [change, kind] = [ofField('type'), ofField('kind')].map((value) =>
        isNode(value) ? value.value : undefined,
      )
      return (change === 'set' || change === 'add') && typeof kind === 'string' ? [kind] : []
    }),
  )
  const words = [...readWords('id', 'historyWords.json').keys()].filter((key) => key.startsWith('kind.'))
  expect(words.sort()).toEqual([...new Set(kinds)].map((kind) => `kind.${kind}`).sort())
})
