import { expect, test } from 'vitest'
import { fold } from '../../src/core/fold.ts'
import { foldText, soundOf } from '../../src/core/name.ts'
import { readPeople, setPerson } from '../../src/core/person.ts'
import { buildIndex, search } from '../../src/core/search.ts'
import { write } from '../support/ops.ts'

test.each([
  ['Ramadhan', 'Ramadan'],
  ['Soerjadi', 'Surjadi'],
  ['Djoko', 'Joko'],
  ['Tjahja', 'Cahja'],
  ['Syafii', "Safi'i"],
  ['Moehammad', 'Muhamad'],
  ['Fatimah', 'Fatima'],
  ['Zaenal', 'Zainal'],
])('%s sounds like %s', (one, other) => {
  expect(soundOf(foldText(one))).toBe(soundOf(foldText(other)))
})

test.each([
  ['Budi', 'Badi'],
  ['Sari', 'Sardi'],
  ['Dewi', 'Dedi'],
])('%s does not sound like %s', (one, other) => {
  expect(soundOf(foldText(one))).not.toBe(soundOf(foldText(other)))
})

test('a name is found as it sounds, while it is typed', () => {
  const space = fold([write('A', 1, [setPerson('p', { name: 'Nurul Ramadhan, S.E.' })])])
  const index = buildIndex(readPeople(space).values())
  for (const typed of ['nurul ramadan', 'nurul ramadhan', 'noerul ram', 'ramadh']) {
    expect(search(index, typed, 5)).toEqual(['p'])
  }
  expect(search(index, 'nural', 5)).toEqual([])
})
