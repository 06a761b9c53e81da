import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { spaceRoles } from '../../src/core/access.ts'
import { setEvent, setSession } from '../../src/core/event.ts'
import { fold } from '../../src/core/fold.ts'
import { setForm } from '../../src/core/form/form.ts'
import { respond } from '../../src/core/form/response.ts'
import {
  answeredForms,
  isVisible,
  type Material,
  materialContent,
  namedFiles,
  type Reader,
  readMaterials,
  setMaterial,
} from '../../src/core/material.ts'
import { instantOf } from '../../src/core/time.ts'
import { viewOf } from '../../src/core/view.ts'
import { values, write } from '../support/ops.ts'

const hash = 'x'.repeat(43)
const slides: Partial<Material> = { title: 'Paparan', form: 'file', file: hash, audience: 'everyone' }
const atNoon = instantOf('2026-11-23', '12:00', 'WITA')
const base = [
  write('A', 1, [setEvent('e', { zone: 'WITA' })]),
  write('A', 2, [
    setSession('pagi', { day: '2026-11-23', start: '08:00', end: '10:00' }),
    setSession('sore', { day: '2026-11-23', start: '13:00', end: '' }),
  ]),
  write('A', 3, [setForm('pre', { open: true, attempts: 1, closesAt: atNoon + 3_600_000 })]),
]
const attendee = (now: number, ...answered: string[]): Reader => ({
  role: 'attendee',
  now,
  answered: new Set(answered),
})

function see(fields: Partial<Material>, reader: Reader, more: Parameters<typeof write>[2] = []): boolean {
  const space = fold([...base, write('A', 9, [setMaterial('m', { ...slides, ...fields }), ...more])])
  return readMaterials(space).some((material) => isVisible(material, space, reader))
}

describe('who may open a material', () => {
  test.each(spaceRoles)('%s: what is for everyone, and what is the team’s', (role) => {
    const reader = { ...attendee(atNoon), role }
    expect(see({}, reader)).toBe(true)
    expect(see({ audience: 'team' }, reader)).toBe(role !== 'attendee')
    expect(see({ deleted: true }, reader)).toBe(false)
  })

  test('after its session, by the wall of the event’s zone; without an end the day’s', () => {
    const end = instantOf('2026-11-23', '10:00', 'WITA')
    expect(see({ from: 'afterSession', session: 'pagi' }, attendee(end - 1))).toBe(false)
    expect(see({ from: 'afterSession', session: 'pagi' }, attendee(end))).toBe(true)
    expect(see({ from: 'afterSession', session: 'sore' }, attendee(atNoon))).toBe(false)
    expect(see({ from: 'afterSession', session: 'sore' }, attendee(atNoon + 12 * 3_600_000))).toBe(true)
  })

  test('after the last session, where its own is gone or it has none; the team never waits', () => {
    const gone = [setSession('pagi', { deleted: true })]
    expect(see({ from: 'afterSession', session: 'pagi' }, attendee(atNoon), gone)).toBe(false)
    expect(see({ from: 'afterSession' }, attendee(atNoon))).toBe(false)
    expect(see({ from: 'afterSession' }, { ...attendee(atNoon), role: 'viewer' })).toBe(true)
  })

  test('never by an oversight: not while no session is planned, nor when the last one was removed or lost its day', () => {
    const years = attendee(instantOf('2030-01-01', '00:00', 'WITA'))
    const late = { from: 'afterSession' } as const
    const [gone, dayless] = [{ deleted: true }, { day: '' }].map((fields) =>
      ['pagi', 'sore'].map((id) => setSession(id, fields)),
    )
    expect(see(late, years)).toBe(true)
    for (const session of ['', 'pagi', 'unknown'])
      for (const more of [gone, dayless]) expect(see({ ...late, session }, years, more)).toBe(false)
    const unplanned = fold([write('A', 1, [setEvent('e', {}), setMaterial('m', { ...slides, ...late })])])
    expect(readMaterials(unplanned).map((material) => isVisible(material, unplanned, years))).toEqual([false])
  })

  test('after a session that ends past midnight, on the next day', () => {
    const night = [setSession('malam', { day: '2026-11-23', start: '22:00', end: '01:00' })]
    const isOpen = (now: number) => see({ from: 'afterSession', session: 'malam' }, attendee(now), night)
    expect(isOpen(instantOf('2026-11-23', '23:00', 'WITA'))).toBe(false)
    expect(isOpen(instantOf('2026-11-24', '01:00', 'WITA'))).toBe(true)
  })

  test('after a form: once it was answered, or cannot be answered any more', () => {
    const from = { from: 'afterForm', fromForm: 'pre' } as const
    expect(see(from, attendee(atNoon))).toBe(false)
    expect(see(from, attendee(atNoon, 'other'))).toBe(false)
    expect(see(from, attendee(atNoon, 'pre'))).toBe(true)
    expect(see(from, attendee(atNoon + 3_600_001))).toBe(true)
    expect(see(from, attendee(atNoon), [setForm('pre', { deleted: true })])).toBe(true)
    expect(see(from, attendee(atNoon), [setForm('pre', { anonymous: true })])).toBe(true)
    expect(see(from, attendee(atNoon), [setForm('pre', { open: false })])).toBe(false)
    expect(see({ ...from, fromForm: 'unknown' }, attendee(atNoon))).toBe(false)
  })
})

describe('what a record says', () => {
  test('an address that a browser would run is none, and a hash is one or nothing', () => {
    const read = (fields: Partial<Material>) => readMaterials(fold([write('A', 1, [setMaterial('m', fields)])]))[0]
    expect(read({ url: 'https://contoh.go.id/a?b=c' })?.url).toBe('https://contoh.go.id/a?b=c')
    for (const url of ['javascript:alert(1)', ' https://x', 'data:text/html,x', '//x', 'https://a b'])
      expect(read({ url })?.url).toBe('')
    for (const file of ['../../etc/passwd', `${hash}x`, `${hash}\n`, 'x'.repeat(42)])
      expect(read({ file })?.file).toBe('')
    expect(read({ file: hash })?.file).toBe(hash)
  })

  test('any fields of another version are read, and nothing unknown is shown to attendees', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('title', 'type', 'sizeBytes', 'order', 'from', 'newer'), values),
        (fields) => {
          const [material] = readMaterials(fold([write('A', 1, [{ type: 'set', kind: 'material', id: 'm', fields }])]))
          expect(material?.audience).toBe('team')
          expect(Number.isSafeInteger(material?.sizeBytes)).toBe(true)
        },
      ),
    )
  })

  test('materials stand in the organizers’ order, and files are named by those that are not deleted', () => {
    const other = 'y'.repeat(43)
    const space = fold([
      write('A', 1, [setMaterial('a', { ...slides, order: 2 }), setMaterial('b', { ...slides, order: 1 })]),
      write('A', 2, [setMaterial('c', { ...slides, file: other, order: 3, deleted: true })]),
    ])
    expect(readMaterials(space).map(({ id }) => id)).toEqual(['b', 'a', 'c'])
    expect([...namedFiles(space)]).toEqual([hash])
  })
})

describe('an attendee’s view', () => {
  const viewer = { owner: 'AAAAAAAAAAA', devs: new Set(['own']) }
  const secret = { ...slides, url: 'https://rahasia.go.id', text: 'rahasia', uploaded: hash }
  const answer = write('own', 1, [respond({ form: 'pre', version: 'v', person: '', answers: {} })])
  const others = write('B', 1, [respond({ form: 'pre', version: 'v', person: 'p', answers: {} })])
  const seen = (ops: ReturnType<typeof write>[], now = atNoon) =>
    fold(viewOf(fold([...base, ...ops]), { ...viewer, now }))

  test('tells what comes and when, and keeps its content until then', () => {
    const later = write('A', 9, [setMaterial('m', { ...secret, from: 'afterSession', session: 'pagi' })])
    const before = seen([later], instantOf('2026-11-23', '09:00', 'WITA'))
    expect(before.records.get('material')?.get('m')?.fields).toMatchObject({ title: 'Paparan', from: 'afterSession' })
    for (const field of materialContent)
      expect(before.records.get('material')?.get('m')?.fields).not.toHaveProperty(field)
    expect(seen([later]).records.get('material')?.get('m')?.fields).toMatchObject(secret)
  })

  test('releases by his own answer, not by another’s, and says the same as the server', () => {
    const gated = write('A', 9, [setMaterial('m', { ...secret, from: 'afterForm', fromForm: 'pre' })])
    const reader = (space: ReturnType<typeof fold>) => ({ ...attendee(atNoon), answered: answeredForms(space) })
    for (const [ops, isOpen] of [
      [[gated, others], false],
      [[gated, others, answer], true],
    ] as const) {
      const space = seen([...ops])
      expect(readMaterials(space).map((material) => isVisible(material, space, reader(space)))).toEqual([isOpen])
      expect(JSON.stringify([...(space.records.get('material') ?? [])]).includes('rahasia')).toBe(isOpen)
    }
  })

  test('holds neither the team’s materials, nor deleted ones, nor fields of a newer version', () => {
    const space = seen([
      write('A', 9, [
        setMaterial('a', { ...secret, audience: 'team' }),
        setMaterial('b', { ...secret, deleted: true }),
        { type: 'set', kind: 'material', id: 'c', fields: { ...slides, newer: 'rahasia' } },
      ]),
    ])
    expect(readMaterials(space).map(({ id }) => id)).toEqual(['c'])
    expect(JSON.stringify([...(space.records.get('material') ?? [])])).not.toContain('rahasia')
  })
})
