import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findDuplicates } from '../../src/core/duplicates.ts'
import { fold } from '../../src/core/fold.ts'
import { type PersonFields, readPeople, samePerson, setPerson } from '../../src/core/person.ts'
import { shuffled, write } from '../support/ops.ts'

const nip = '198609262015051001'
const phone = '+6281234567890'
const listed = { name: 'Dr. Muhammad Ramadhan, M.Si.', institution: 'Dinas Contoh', invited: true }

/** What is found among these records, as [at the door, on the list, by]. */
function found(records: Record<string, Partial<PersonFields>>): string[][] {
  const ops = Object.entries(records).map(([id, fields], i) => write('A', i + 1, [setPerson(id, fields)]))
  return findDuplicates(readPeople(fold(ops))).map(({ person, same, by }) => [person, same, by])
}

describe('a record made at the door', () => {
  test('is likely an invited person by NIP, by telephone and sound, by name and institution', () => {
    expect(found({ a: { ...listed, nip }, x: { name: 'Lain Sekali', nip } })).toEqual([['x', 'a', 'nip']])
    expect(found({ a: { ...listed, phone }, x: { name: 'Moehamad Ramadan', phone } })).toEqual([['x', 'a', 'phone']])
    const typed = { name: 'muhamad ramadan', institution: 'DINAS contoh' }
    expect(found({ a: listed, x: typed })).toEqual([['x', 'a', 'name']])
  })

  test.each([
    ['a secretary`s telephone under another name', { phone }, { name: 'Contoh Sekretaris', phone }],
    ['a namesake of another institution', {}, { name: listed.name, institution: 'Dinas Lain' }],
    ['a namesake with another number', { nip }, { ...listed, invited: false, nip: '197001012000031002' }],
    ['a number that was typed for lack of one', { nip: '0' }, { name: 'Contoh Lain', nip: '0' }],
    ['nothing but a name', { institution: '' }, { name: listed.name }],
  ])('is nobody else for %s', (_, onList, typed) => {
    expect(found({ a: { ...listed, ...onList }, x: typed })).toEqual([])
  })

  test('is left to a person when two on the list fit', () => {
    expect(found({ a: listed, b: listed, x: { ...listed, invited: false } })).toEqual([])
  })

  test('made on two phones by one NIP is one, and is found by its strongest likeness once', () => {
    const typed = { name: 'Contoh Dua Ponsel', institution: 'Dinas Contoh', nip }
    expect(found({ x: typed, y: typed })).toEqual([['y', 'x', 'nip']])
    expect(found({ a: { ...listed, nip, phone }, x: { ...listed, invited: false, nip, phone } })).toHaveLength(1)
  })

  test('is not offered again once it was merged', () => {
    const records = [setPerson('x', { name: 'Contoh', nip }), setPerson('a', { ...listed, nip })]
    const ops = [write('A', 1, records), write('A', 2, [samePerson('x', 'a')])]
    expect(findDuplicates(readPeople(fold(ops)))).toEqual([])
  })
})

test('what is found does not depend on the order in which records came', () => {
  const record = fc.record({
    name: fc.constantFrom('Contoh Satu', 'Contoh Dua', ''),
    institution: fc.constantFrom('Dinas Contoh', ''),
    nip: fc.constantFrom(nip, '197001012000031002', ''),
    phone: fc.constantFrom(phone, ''),
    invited: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(record, { maxLength: 8 }), fc.nat(), (records, seed) => {
      const ops = records.map((fields, i) => write('A', i + 1, [setPerson(`p${i}`, fields)]))
      const people = readPeople(fold(ops))
      const duplicates = findDuplicates(people)
      expect(findDuplicates(readPeople(fold(shuffled(ops, seed))))).toEqual(duplicates)
      for (const { person, same } of duplicates) {
        expect(people.get(person)?.invited).toBe(false)
        expect(person).not.toBe(same)
      }
      expect(new Set(duplicates.map(({ person }) => person)).size).toBe(duplicates.length)
    }),
  )
})
