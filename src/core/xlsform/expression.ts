import type { Clause, Condition } from '../form/condition.ts'

const reference = String.raw`\$\{\s*([A-Za-z_][\w]*)\s*\}`
const literal = String.raw`(?:'([^']*)'|"([^"]*)"|(-?\d+(?:\.\d+)?))`
const selectedPattern = new RegExp(String.raw`^selected\(\s*${reference}\s*,\s*${literal}\s*\)$`)
const comparedPattern = new RegExp(String.raw`^${reference}\s*(!=|=|>=|<=)\s*${literal}$`)
const boundPattern = /^\.\s*(>=|<=)\s*(-?\d+(?:\.\d+)?)$/

const comparisonBySign = { '=': 'is', '!=': 'isNot', '>=': 'atLeast', '<=': 'atMost' } as const

function readClause(text: string): Clause | undefined {
  const selected = selectedPattern.exec(text)
  if (selected?.[1])
    return { question: selected[1], comparison: 'has', value: selected[2] ?? selected[3] ?? selected[4] ?? '' }
  const compared = comparedPattern.exec(text)
  const sign = compared?.[2]
  if (!compared?.[1] || !(sign && sign in comparisonBySign)) return undefined
  const value = compared[3] ?? compared[4] ?? compared[5] ?? ''
  const comparison = comparisonBySign[sign as keyof typeof comparisonBySign]
  if (value !== '') return { question: compared[1], comparison, value }
  return comparison === 'isNot' ? { question: compared[1], comparison: 'answered', value: '' } : undefined
}

/** The parts of an expression between the outermost words `word`; quoted texts and brackets are left whole. */
function splitAt(text: string, word: 'and' | 'or'): string[] {
  const parts: string[] = []
  let [depth, quote, start] = [0, '', 0]
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at)
    if (quote) quote = letter === quote ? '' : quote
    else if (letter === "'" || letter === '"') quote = letter
    else if (letter === '(') depth++
    else if (letter === ')') depth--
    else if (depth === 0 && /\s/.test(letter) && new RegExp(`^${word}\\s`, 'i').test(text.slice(at + 1))) {
      parts.push(text.slice(start, at))
      start = at + 1 + word.length
    }
  }
  return [...parts, text.slice(start)].map((part) => part.trim())
}

/**
 * A `relevant` expression of XLSForm: comparisons of one question with a text or number and `selected()`, joined by
 * either `and` or `or`. `undefined` for everything else of XPath.
 */
export function readRelevant(text: string): Condition | undefined {
  const [all, any] = [splitAt(text, 'and'), splitAt(text, 'or')]
  if (all.length > 1 && any.length > 1) return undefined
  const clauses = (any.length > 1 ? any : all).map(readClause)
  return clauses.every((clause) => clause !== undefined)
    ? { match: any.length > 1 ? 'any' : 'all', clauses: clauses.filter((clause) => clause !== undefined) }
    : undefined
}

const quoted = (value: string) => (value.includes("'") ? `"${value}"` : `'${value}'`)
/** Numbers are compared as numbers; a day is a text, as in XForms. */
const compared = (value: string) => (/^-?\d+(\.\d+)?$/.test(value) ? value : quoted(value))

function writeClause({ question, comparison, value }: Clause): string {
  const name = `\${${question}}`
  switch (comparison) {
    case 'answered':
      return `${name} != ''`
    case 'has':
      return `selected(${name}, ${quoted(value)})`
    case 'is':
      return `${name} = ${quoted(value)}`
    case 'isNot':
      return `${name} != ${quoted(value)}`
    case 'atLeast':
      return `${name} >= ${compared(value)}`
    case 'atMost':
      return `${name} <= ${compared(value)}`
  }
}

/** A condition as the expression of a `relevant` column. */
export function writeRelevant({ match, clauses }: Condition): string {
  return clauses.map(writeClause).join(match === 'any' ? ' or ' : ' and ')
}

/** The bounds of a `constraint` such as `. >= 0 and . <= 10`; `undefined` for everything else. */
export function readBounds(text: string): { min: number | undefined; max: number | undefined } | undefined {
  const bounds: { min: number | undefined; max: number | undefined } = { min: undefined, max: undefined }
  for (const part of splitAt(text, 'and')) {
    const bound = boundPattern.exec(part)
    if (!bound) return undefined
    bounds[bound[1] === '>=' ? 'min' : 'max'] = Number(bound[2])
  }
  return bounds
}

/** Bounds as the expression of a `constraint` column; empty where there are none. */
export function writeBounds(min: number | undefined, max: number | undefined): string {
  return [min === undefined ? '' : `. >= ${min}`, max === undefined ? '' : `. <= ${max}`].filter(Boolean).join(' and ')
}
