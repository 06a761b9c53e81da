import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkIn, readAttendance, undoCheckIn } from '../../src/core/attendance.ts'
import { setEvent, setSession } from '../../src/core/event.ts'
import { fold } from '../../src/core/fold.ts'
import { publishVersion, readFormVersions, setForm } from '../../src/core/form/form.ts'
import { newQuestion } from '../../src/core/form/question.ts'
import { setGate } from '../../src/core/gate.ts'
import { readOffices } from '../../src/core/offices.ts'
import { readPeople, samePerson, setPerson } from '../../src/core/person.ts'
import { viewOf } from '../../src/core/view.ts'
import { shuffled, write } from '../support/ops.ts'

const owner = 'AAAAAAAAAAA'
const own = `${owner}BBBBBBBBBBA`
const viewer = { owner, devs: new Set(['own']), now: Date.UTC(2026, 10, 23) }
const secrets = { salt: 'rahasia-salt', signatories: { left: { name: 'rahasia-nama', nip: 'rahasia-nip' } } }

const log = [
  write('A', 1, [
    { type: 'set', kind: 'event', id: 'e', fields: { title: 'Sosialisasi', newer: 'rahasia', ...secrets } },
  ]),
  write('A', 2, [setSession('s', { title: 'Hari 1', day: '2026-11-23' }), setGate('g', { code: 'RAHASIA2' })]),
  write('A', 3, [setPerson('p', { name: 'Contoh Undangan', institution: 'Dinas', nip: 'rahasia' })]),
  write('A', 4, [setPerson('q', { name: 'rahasia' }), checkIn({ person: 'q', session: 's', method: 'own' })]),
  write('own', 1, [setPerson(own, { name: 'Contoh' }), checkIn({ person: own, session: 's', method: 'own' })]),
  write('own', 2, [setPerson(own, { name: 'Contoh, S.E.' }), checkIn({ person: 'p', session: 's', method: 'own' })]),
  write('B', 1, [{ type: 'set', kind: 'device', id: 'B', fields: { holder: 'rahasia' } }]),
  write('B', 2, [setEvent('e', { venue: 'Aula' }), checkIn({ person: own, session: 's', method: 'facilitator' })]),
]

test('a view holds what is public and what is its own, and nothing else', () => {
  const ops = viewOf(fold(log), viewer)
  expect(JSON.stringify(ops)).not.toMatch(/rahasia/i)
  const seen = fold(ops)
  expect(seen.unknownChanges.size).toBe(0)
  expect(seen.records.get('event')?.get('e')?.fields).toEqual({ title: 'Sosialisasi', venue: 'Aula' })
  expect([...readPeople(seen).values()].map(({ name, nip }) => [name, nip]).sort()).toEqual([
    ['Contoh Undangan', ''],
    ['Contoh, S.E.', ''],
  ])
  const attended = readAttendance(seen).get('s')
  expect(attended?.get(own)?.facts).toHaveLength(2)
  expect([...(attended?.keys() ?? [])].sort()).toEqual([own, 'p'].sort())
})

test('a note that the team made of him, and a field of a newer version, stay with the team', () => {
  const noted = write('A', 9, [{ type: 'set', kind: 'person', id: own, fields: { note: 'rahasia', newer: 'rahasia' } }])
  const ops = viewOf(fold([...log, noted]), viewer)
  expect(JSON.stringify(ops)).not.toMatch(/rahasia/i)
  expect(readPeople(fold(ops)).get(own)?.name).toBe('Contoh, S.E.')
})

test('a form about a speaker carries his name of now, also of a merged record, and no more of him', () => {
  const about = { purpose: 'speaker', speaker: 'p', speakerName: 'Nama Lama', open: true } as const
  const saved = [...log, write('A', 9, [setForm('f', about), setForm('g', { ...about, purpose: 'evaluation' })])]
  const nameIn = (ops: Parameters<typeof fold>[0], form = 'f') => {
    const seen = fold(viewOf(fold(ops), { ...viewer, devs: new Set() }))
    expect(seen.records.get('person')?.has('p')).not.toBe(true)
    return seen.records.get('form')?.get(form)?.fields.speakerName
  }
  const corrected = [...saved, write('A', 10, [setPerson('p', { name: 'Contoh Narasumber, M.Si.' })])]
  expect(nameIn(corrected)).toBe('Contoh Narasumber, M.Si.')
  expect(nameIn(corrected, 'g')).toBe('Nama Lama')
  const merged = write('A', 11, [setPerson('o', { name: 'Contoh Utama', invited: true }), samePerson('o', 'p')])
  expect(nameIn([...corrected, merged])).toBe('Contoh Utama')
  expect(nameIn([...saved, write('A', 10, [setPerson('p', { deleted: true })])])).toBe('Nama Lama')
})

test('what is right in a test, and what it is worth, stays with the team', () => {
  const choices = ['a', 'b'].map((name) => ({ name, label: { id: `Pilihan ${name}`, en: '' } }))
  const label = { id: 'Apa itu gratifikasi?', en: '' }
  const questions = [{ ...newQuestion('q1', 'single'), label, choices, points: 7, right: ['b'] }]
  const form = write('A', 9, [
    setForm('f', { title: { id: 'Tes', en: '' }, open: true }),
    ...publishVersion({ id: 'v', form: 'f', number: 1, questions }),
  ])
  const seen = fold(viewOf(fold([...log, form]), viewer))
  expect(readFormVersions(seen).get('v')?.questions).toEqual([{ ...questions[0], points: 0, right: [] }])
  expect(JSON.stringify(seen.records.get('formVersion')?.get('v'))).not.toMatch(/right|points/)
})

test('a view is the same whatever the order in which ops came, and folds to itself', () => {
  const view = viewOf(fold(log), viewer)
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      expect(viewOf(fold(shuffled(log, seed)), viewer)).toEqual(view)
      expect(viewOf(fold(shuffled(view, seed)), viewer)).toEqual(view)
    }),
  )
})

test('who withdrew an attendance is not named, and why is not said', () => {
  const attendance = readAttendance(fold(log)).get('s')?.get(own)
  if (!attendance) throw new Error('nobody was there')
  const seen = fold(viewOf(fold([...log, write('A', 9, [undoCheckIn(attendance, 'rahasia')])]), viewer))
  expect(readAttendance(seen).get('s')?.has(own)).toBe(false)
  expect(JSON.stringify([...seen.voids])).not.toContain('rahasia')
})

test('offices are named that several were invited of, and nobody who was', () => {
  const invite = (id: string, institution: string, more = {}) =>
    setPerson(id, { name: 'rahasia', institution, invited: true, ...more })
  const people = [
    ...[
      invite('1', 'Dinas Contoh'),
      invite('2', 'Dinas Contoh'),
      invite('3', 'Badan Contoh'),
      invite('4', 'Badan Contoh'),
    ],
    ...[invite('5', 'Badan Contoh'), invite('6', 'Rumah rahasia'), invite('7', 'rahasia', { invited: false })],
    ...[
      invite('8', 'rahasia', { invited: false }),
      invite('9', 'rahasia lama'),
      invite('10', 'rahasia lama', { deleted: true }),
    ],
  ]
  const view = viewOf(fold([...log, write('A', 9, people)]), viewer)
  expect(JSON.stringify(view)).not.toMatch(/rahasia/i)
  expect(readOffices(fold(view))).toEqual(['Badan Contoh', 'Dinas Contoh'])
  expect(readPeople(fold(view)).size).toBe(2)
})

test('a device without a prefix owns nobody', () => {
  const seen = fold(viewOf(fold(log), { owner: '', devs: new Set(), now: 0 }))
  expect(readPeople(seen).size).toBe(0)
  expect(seen.facts.size).toBe(0)
})
