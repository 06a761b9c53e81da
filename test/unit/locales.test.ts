import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parkReasons } from '../../src/server/store/store.ts'
import { isNode, type Node, readSources } from '../support/sources.ts'

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
