import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold } from '../../src/core/fold.ts'
import { type PersonFields, readPeople, setPerson } from '../../src/core/person.ts'
import { buildIndex, search } from '../../src/core/search.ts'
import { write } from '../support/ops.ts'

const listed: Record<string, Partial<PersonFields>> = {
  a: { name: 'Dr. H. Contoh Satu, S.E., M.Si.', institution: 'Dinas Kesehatan', nip: '196804111993031009' },
  b: { name: "Hj. Nur'aini Contoh", institution: 'Inspektorat', phone: '+6281234567890' },
  c: { name: 'Ani Contoh', institution: 'Dinas Pendidikan', phone: '0254-200123' },
}
const people = readPeople(
  fold(Object.entries(listed).map(([id, fields], i) => write('A', i + 1, [setPerson(id, fields)]))),
)
const index = buildIndex(people.values())

describe('search while typing', () => {
  test.each([
    ['satu', 'a'],
    ['sat con', 'a'],
    ['SATU dinas', 'a'],
    ['dr contoh', 'a'],
    ['m.si', 'a'],
    ['kesehatan', 'a'],
    ['nuraini', 'b'],
    ["Nur'aini", 'b'],
    ['contoh', 'cba'],
    ['dinas', 'ca'],
    ['oh', ''],
    ['tidak ada', ''],
    ['19680411', 'a'],
    ['19680411 199303 1 009', 'a'],
    ['NIP 1968', 'a'],
    ['031009', 'a'],
    ['0812-3456', 'b'],
    ['+62 812 3456 7890', 'b'],
    ['62812', 'b'],
    ['7890', 'b'],
    ['200123', 'c'],
    ['', 'cba'],
  ])('%j finds %j, by name', (typed, found) => {
    expect([...search(index, typed, 10)].sort()).toEqual([...found].sort())
  })

  test('gives at most what is asked for, in the order of names without titles', () => {
    expect(search(index, 'contoh', 10)).toEqual(['c', 'a', 'b'])
    expect(search(index, 'contoh', 2)).toEqual(['c', 'a'])
  })

  test('any three digits or more of a NIP or a phone find their person', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^\d{18}$/),
        fc.nat({ max: 15 }),
        fc.integer({ min: 3, max: 18 }),
        (nip, from, length) => {
          const [person] = readPeople(fold([write('A', 1, [setPerson('p', { name: 'x', nip })])])).values()
          const typed = nip.slice(from, from + length)
          expect(search(buildIndex(person ? [person] : []), typed, 1)).toEqual(['p'])
        },
      ),
    )
  })

  test('any text is searched without an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        expect(search(index, typed, 2).length).toBeLessThanOrEqual(2)
      }),
    )
  })
})
