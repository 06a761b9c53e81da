import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkIn, readAttendance, undoCheckIn } from '../../src/core/attendance.ts'
import { readEvent, readSessions, setEvent, setSession } from '../../src/core/event.ts'
import { applyOp, fold } from '../../src/core/fold.ts'
import type { Fields } from '../../src/core/op.ts'
import { canonicalIds, personId, readPeople, samePerson, setPerson } from '../../src/core/person.ts'
import { factOf, shuffled, type Written, write } from '../support/ops.ts'

const ids = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5']
const people = ids.map((id, i) => write('A', i + 1, [setPerson(id, { name: `Contoh ${id}` })]))
const pairs = fc.array(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids)), { maxLength: 8 })
const mergesOf = (merged: [string, string][]) => merged.map(([a, b], i) => write('B', i + 1, [samePerson(a, b)]))

/** The smallest id that a chain of merges leads to, the slow and obvious way. */
function smallest(id: string, merged: [string, string][]): string {
  const reached = new Set([id])
  for (let grown = -1; grown !== reached.size; ) {
    grown = reached.size
    for (const [a, b] of merged) if (reached.has(a) || reached.has(b)) reached.add(a).add(b)
  }
  return [...reached].sort()[0] ?? id
}

describe('merging', () => {
  test('gives every person the smallest id of its connected set, in any order and however often', () => {
    fc.assert(
      fc.property(pairs, fc.nat(), (merged, seed) => {
        const merges = mergesOf(merged)
        for (const ops of [merges, shuffled(merges, seed), [...merges, ...merges]]) {
          const canonical = canonicalIds(fold(ops))
          for (const id of ids) expect(canonical.get(id) ?? id).toBe(smallest(id, merged))
        }
      }),
    )
  })

  test('shows one person per set, the same in any order', () => {
    fc.assert(
      fc.property(pairs, fc.nat(), (merged, seed) => {
        const ops = [...people, ...mergesOf(merged)]
        const shown = readPeople(fold(ops))
        expect([...shown.keys()].sort()).toEqual([...new Set(ids.map((id) => smallest(id, merged)))].sort())
        expect(Object.fromEntries(readPeople(fold(shuffled(ops, seed))))).toEqual(Object.fromEntries(shown))
      }),
    )
  })

  test('is undone by withdrawing it: everyone is back as before', () => {
    fc.assert(
      fc.property(pairs, (merged) => {
        const undo = merged.map((_, i) =>
          write('C', i + 1, [{ type: 'void', facts: [factOf('B', i + 1)], reason: 'orang lain' }]),
        )
        expect(readPeople(fold([...people, ...mergesOf(merged), ...undo]))).toEqual(readPeople(fold(people)))
      }),
    )
  })

  test.each([
    ['a', 'b'],
    ['b', 'a'],
  ])('prints what the list says of %s and fills its gaps from what %s typed at the door', (invited, typed) => {
    const ops = [
      write('A', 1, [
        setPerson(invited, {
          name: 'Dr. Contoh, M.Si.',
          institution: 'Dinas Contoh',
          phone: '',
          roles: [],
          invited: true,
        }),
      ]),
      write('A', 2, [setPerson(typed, { name: 'contoh', phone: '+6281234567890', roles: ['peserta'] })]),
      write('A', 3, [samePerson('b', 'a')]),
    ]
    expect(readPeople(fold(ops)).get('a')).toMatchObject({
      id: 'a',
      name: 'Dr. Contoh, M.Si.',
      institution: 'Dinas Contoh',
      phone: '+6281234567890',
      roles: ['peserta'],
      invited: true,
    })
  })

  test('says the same of a person whatever the order of ops and whichever of the records are invited', () => {
    const records = fc.array(fc.record({ invited: fc.boolean(), name: fc.constantFrom('', 'Contoh', 'Lain') }), {
      minLength: ids.length,
      maxLength: ids.length,
    })
    fc.assert(
      fc.property(records, pairs, fc.nat(), (fields, merged, seed) => {
        const ops = [...fields.map((of, i) => write('A', i + 1, [setPerson(ids[i] ?? '', of)])), ...mergesOf(merged)]
        const shown = readPeople(fold(ops))
        expect(Object.fromEntries(readPeople(fold(shuffled(ops, seed))))).toEqual(Object.fromEntries(shown))
        for (const [id, person] of shown) {
          const own = ids
            .map((other, i) => ({ other, ...fields[i] }))
            .filter(({ other }) => smallest(other, merged) === id)
          const leading = own.filter(({ invited }) => invited)
          expect(person.invited).toBe(leading.length > 0)
          const names = [...leading, ...own.filter(({ invited }) => !invited)].map(({ name }) => name)
          expect(person.name).toBe(names.find(Boolean) ?? '')
        }
      }),
    )
  })

  test('a damaged fact merges nobody', () => {
    const written: Fields[] = [{}, { a: 'p0' }, { a: 'p0', b: '' }, { a: 7, b: 'p1' }]
    const damaged = written.map((fields, i) => write('B', i + 1, [{ type: 'add', kind: 'same', fields }]))
    expect([...readPeople(fold([...people, ...damaged])).keys()]).toEqual(ids)
  })

  test('a chain of ten thousand merges is no burden', () => {
    const space = fold([])
    for (let i = 0; i < 10_000; i++) applyOp(space, write('B', i + 1, [samePerson(`p${i + 1}`, `p${i}`)]))
    expect(new Set(canonicalIds(space).values())).toEqual(new Set(['p0']))
  })
})

describe('persons', () => {
  test('two devices that add the same NIP make one person and fill each other`s gaps', () => {
    const id = personId('salt', '198609262015051001', () => 'fresh')
    expect(personId('salt', '198609262015051001', () => 'other')).toBe(id)
    const ops = [write('A', 1, [setPerson(id, { name: 'Contoh' })]), write('B', 1, [setPerson(id, { phone: '1' })])]
    expect([...readPeople(fold(ops)).values()]).toMatchObject([{ id, name: 'Contoh', phone: '1' }])
    expect(personId('salt', '', () => 'fresh')).toBe('fresh')
  })

  test('an edit is seen although the reading of an unchanged record is kept', () => {
    const space = fold([write('A', 1, [setPerson('p', { name: 'Contoh' })])])
    expect(readPeople(space).get('p')?.name).toBe('Contoh')
    applyOp(space, write('A', 2, [setPerson('p', { name: 'Contoh Satu' })]))
    expect(readPeople(space).get('p')?.name).toBe('Contoh Satu')
  })

  test('a deleted person is gone and comes back when that is undone', () => {
    const gone = [write('A', 1, [setPerson('p', { name: 'x' })]), write('A', 2, [setPerson('p', { deleted: true })])]
    expect(readPeople(fold(gone)).size).toBe(0)
    expect(readPeople(fold([...gone, write('B', 3, [setPerson('p', { deleted: false })])])).size).toBe(1)
  })

  test('fields of other types read as empty', () => {
    const fields = { name: 7, roles: ['peserta', 'raja', 1], sex: 'X', invited: 'yes', nip: null }
    expect(
      readPeople(fold([write('A', 1, [{ type: 'set', kind: 'person', id: 'p', fields }])])).get('p'),
    ).toMatchObject({
      name: '',
      roles: ['peserta'],
      sex: '',
      invited: false,
      nip: '',
    })
  })
})

describe('attendance', () => {
  const seen = (dev: string, at: number, person = 'p', ink = `ink${dev}`) =>
    write(dev, 1, [checkIn({ person, session: 's', method: 'facilitator', ink })], at)
  const of = (ops: Written[], person = 'p') => readAttendance(fold(ops)).get('s')?.get(person)

  test('two check-ins of one person make one attendance, arrived with the earliest', () => {
    for (const ops of [
      [seen('A', 20), seen('B', 10)],
      [seen('B', 10), seen('A', 20)],
    ]) {
      expect(of(ops)).toMatchObject({ arrivedAt: 10, ink: 'inkB' })
      expect(of(ops)?.facts).toHaveLength(2)
    }
  })

  test('an undo withdraws what its author had seen; a check-in it had not seen leaves the person present', () => {
    const attendance = of([seen('A', 10)])
    if (!attendance) throw new Error('not present')
    const undo = write('A', 2, [undoCheckIn(attendance, 'salah orang')], 30)
    expect(of([seen('A', 10), undo])).toBeUndefined()
    expect(of([undo, seen('B', 20), seen('A', 10)])).toMatchObject({ arrivedAt: 20 })
  })

  test('merged persons have one attendance, under the canonical id', () => {
    const ops = [seen('A', 20, 'q'), seen('B', 10, 'p'), write('C', 1, [samePerson('q', 'p')])]
    expect(of(ops)).toMatchObject({ person: 'p', arrivedAt: 10 })
    expect(of(ops, 'q')).toBeUndefined()
  })

  test('keeps the reason of who did not sign, and who is represented', () => {
    const input = {
      person: 'p',
      session: 's',
      method: 'own',
      unsignedReason: 'sakit',
      represents: 'Dinas Contoh',
    } as const
    expect(of([write('A', 1, [checkIn(input)])])).toMatchObject({
      method: 'own',
      ink: '',
      unsignedReason: 'sakit',
      represents: 'Dinas Contoh',
    })
  })

  test('a fact without person or session is nobody`s attendance', () => {
    const damaged: Fields[] = [{ s: 's' }, { p: 'p' }, {}]
    const ops = damaged.map((fields, i) => write('A', i + 1, [{ type: 'add', kind: 'attendance', fields }]))
    expect(readAttendance(fold(ops)).size).toBe(0)
  })
})

describe('event and sessions', () => {
  test('read with what a sheet needs, and with defaults for what is missing', () => {
    const ops = [
      write('A', 1, [setEvent('e', { title: 'Sosialisasi', zone: 'WITA', mode: 'hibrida' })]),
      write('A', 2, [
        setEvent('e', { signatories: { left: undefined, right: undefined }, letterhead: ['PEMERINTAH'] }),
      ]),
    ]
    expect(readEvent(fold(ops))).toMatchObject({
      id: 'e',
      title: 'Sosialisasi',
      zone: 'WITA',
      mode: 'hibrida',
      institutionWord: 'Instansi',
      namesReaders: false,
      letterhead: ['PEMERINTAH'],
      signatories: { left: undefined, right: undefined },
    })
    expect(readEvent(fold([]))).toBeUndefined()
  })

  test('a second event record in a space changes nothing, whichever arrives first', () => {
    const ops = [write('A', 1, [setEvent('a', { title: 'Satu' })]), write('B', 1, [setEvent('b', { title: 'Dua' })])]
    expect(readEvent(fold(ops))?.title).toBe('Satu')
    expect(readEvent(fold([...ops].reverse()))?.title).toBe('Satu')
  })

  test('sessions are in the order of day and start, without the deleted', () => {
    const session = (n: number, id: string, day: string, start: string, deleted = false) =>
      write('A', n, [setSession(id, { title: id, day, start, end: '', deleted })])
    const ops = [
      session(1, 'z', '2026-11-21', '08:00'),
      session(2, 'a', '2026-11-22', '08:00'),
      session(3, 'b', '2026-11-21', '13:00'),
      session(4, 'x', '2026-11-20', '13:00', true),
    ]
    expect(readSessions(fold(ops)).map(({ id }) => id)).toEqual(['z', 'b', 'a'])
  })

  test('attendance that is recorded while its session is deleted stays in sight, until it is undone', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(9), fc.nat(9), (seed, deletedAt, seenAt) => {
        const made = write('A', 1, [setSession('s', { title: 'Pembukaan', day: '2026-11-21', deleted: false })], 0)
        const removed = write('A', 2, [setSession('s', { deleted: true })], deletedAt)
        const recorded = write('B', 1, [checkIn({ person: 'p', session: 's', method: 'facilitator' })], seenAt)
        const undone = write('B', 2, [{ type: 'void', facts: [factOf('B', 1)], reason: 'salah catat' }])
        const sessionsOf = (ops: Written[]) => readSessions(fold(shuffled(ops, seed)))
        expect(sessionsOf([made, recorded])).toMatchObject([{ id: 's', deleted: false }])
        expect(sessionsOf([made, removed])).toEqual([])
        expect(sessionsOf([made, removed, recorded])).toMatchObject([{ id: 's', title: 'Pembukaan', deleted: true }])
        expect(sessionsOf([made, removed, recorded, undone])).toEqual([])
      }),
    )
  })
})
