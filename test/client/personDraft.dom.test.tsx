import { describe, expect, it } from 'vitest'
import {
  changedFields,
  draftFromSearch,
  emptyPerson,
  filledFields,
  parsePersonDraft,
  typeNumber,
} from '../../src/client/ui/parts/person/personDraft.ts'

const today = '2026-11-21'

describe('what was typed to find somebody', () => {
  it.each([
    ['Rahmat Baru', { name: 'Rahmat Baru' }],
    ['0812-3456-7890', { phone: '0812-3456-7890' }],
    ['19680411 199303 1 009', { nip: '19680411 199303 1 009' }],
    ['Budi 2', { name: 'Budi 2' }],
    ['', { name: '', phone: '', nip: '' }],
  ])('%s starts the right field', (typed, expected) => {
    expect(draftFromSearch(typed, today)).toMatchObject(expected)
  })

  it('is read at once when it is a number', () => {
    expect(draftFromSearch('19900913 2025 24 2 014', today)).toMatchObject({ numberKind: 'pppk', sex: 'P' })
  })
})

describe('a number while it is typed', () => {
  it('tells PNS from PPPK and fills in the sex', () => {
    expect(typeNumber(emptyPerson, '198609262015051001', today)).toMatchObject({ numberKind: 'pns', sex: 'L' })
    expect(typeNumber(emptyPerson, '19900913 2025 24 2 014', today)).toMatchObject({ numberKind: 'pppk', sex: 'P' })
  })

  it('leaves a sex that was chosen', () => {
    expect(typeNumber({ ...emptyPerson, sex: 'P' }, '198609262015051001', today).sex).toBe('P')
  })

  it('follows a corrected number', () => {
    const first = typeNumber(emptyPerson, '198609262015051001', today)
    expect(typeNumber(first, '198609262015052001', today).sex).toBe('P')
  })

  it('takes its sex along when it is no longer complete', () => {
    const woman = typeNumber(emptyPerson, '198609262015052001', today)
    const unfinished = typeNumber(woman, '19860926201505100', today)
    expect(unfinished).toMatchObject({ sex: '', numberKind: 'pns' })
    expect(typeNumber(unfinished, '198609262015051001', today).sex).toBe('L')
    expect(typeNumber(woman, '', today)).toMatchObject({ sex: '', numberKind: 'none' })
  })

  it('leaves what was chosen, also where the number said the same', () => {
    const chosen = typeNumber({ ...emptyPerson, sex: 'P', sexChosen: true }, '198609262015052001', today)
    expect(typeNumber(chosen, '', today).sex).toBe('P')
    expect(typeNumber({ ...emptyPerson, numberKind: 'pppk' }, '1', today).numberKind).toBe('pppk')
  })

  it('is not read when it is an NRP', () => {
    expect(typeNumber({ ...emptyPerson, numberKind: 'nrp' }, '76010123', today)).toMatchObject({ numberKind: 'nrp' })
  })
})

describe('what is stored', () => {
  it('is trimmed, in digits, with +62, and without what is empty', () => {
    const draft = { ...emptyPerson, name: ' Budi ', nip: 'NIP. 19860926 201505 1 001', numberKind: 'pns' as const }
    expect(filledFields({ ...draft, phone: '0812 3456 7890' })).toEqual({
      name: 'Budi',
      nip: '198609262015051001',
      numberKind: 'pns',
      phone: '+6281234567890',
      roles: ['peserta'],
    })
  })

  it('keeps a phone that is no mobile number as it was typed', () => {
    expect(filledFields({ ...emptyPerson, phone: '(0254) 200123' }).phone).toBe('(0254) 200123')
  })

  it('of an edit is only what differs', () => {
    expect(changedFields(emptyPerson, { ...emptyPerson, roles: ['peserta'], position: 'Analis ' })).toEqual({
      position: 'Analis',
    })
  })
})

it('reads a draft of an older version, and nothing else', () => {
  expect(parsePersonDraft({ name: 'Budi', roles: ['peserta', 'unknown'] })).toEqual({ ...emptyPerson, name: 'Budi' })
  expect(parsePersonDraft('Budi')).toBeUndefined()
})
