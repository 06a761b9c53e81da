import { foldText, plainName } from './name.ts'
import { nipDigits } from './nip.ts'
import type { Person } from './person.ts'
import { normalisePhone } from './phone.ts'

/** What is searched of one person: ` word word …`, every word led by a space, so that a match is the start of a word. */
export type Searchable = { id: string; name: string; words: string; digits: string }

const searchables = new WeakMap<Person, Searchable>()
const collator = new Intl.Collator('id')

/** The index of an event's people, by name without titles. Persons that did not change are not read again. */
export function buildIndex(people: Iterable<Person>): Searchable[] {
  return Array.from(people, (person) => {
    const held = searchables.get(person) ?? toSearchable(person)
    searchables.set(person, held)
    return held
  }).sort((a, b) => collator.compare(a.name, b.name))
}

function toSearchable(person: Person): Searchable {
  const name = plainName(person.name)
  const words = ` ${name} ${foldText(person.name)} ${foldText(person.institution)}`
  const phone = person.phone.replace(/^\+62/, '0').replace(/\D/g, '')
  return { id: person.id, name, words, digits: ` ${person.nip} ${phone}` }
}

/**
 * The ids whose every typed word starts a word of the name or the institution, or whose NIP or phone holds the typed
 * digits; in the given order, at most `limit`. A linear scan: 10,000 persons take a tenth of a millisecond per word.
 */
export function search(index: readonly Searchable[], typed: string, limit: number): string[] {
  const digits = nipDigits(typed)
  const byNumber = /^\+?\d{3,}$/.test(digits)
  const asPhone = normalisePhone(digits)?.replace(/^\+62/, '0') ?? digits.replace(/^(\+62|62(?=8))/, '0')
  const isNumberOf = (person: Searchable) => person.digits.includes(digits) || person.digits.includes(asPhone)
  const words = foldText(typed)
    .split(' ')
    .filter(Boolean)
    .map((word) => ` ${word}`)
  const found: string[] = []
  for (const person of index) {
    if (found.length >= limit) break
    const hit = byNumber ? isNumberOf(person) : words.every((word) => person.words.includes(word))
    if (hit) found.push(person.id)
  }
  return found
}
