import { expect, it } from 'vitest'
import type { SpaceRole } from '../../src/core/access.ts'
import { type Change, encodeBody } from '../../src/core/op.ts'
import { createLedger } from './simulator/ledger.ts'
import { createWatch } from './simulator/watch.ts'

const owner = 'guestOwner0'
const [mine, theirs, invited] = [`${owner}-mine-90210`, 'rahmatWrote-person-022', 'invited-of-event-00022']
const set = (id: string, fields: Record<string, string>): Change => ({ type: 'set', kind: 'person', id, fields })

const event: Change = {
  type: 'set',
  kind: 'event',
  id: 'event',
  fields: { title: 'Rapat 2026', salt: 'salt-of-ids-1' },
}
const present: Change = { type: 'add', kind: 'attendance', fields: { p: invited, s: 'session-1' } }
/** Whose device it is, what it is where, and what it wrote. */
const cast: [
  name: string,
  role: SpaceRole,
  space: string,
  written: { space: string; salt: string; changes: Change[] }[],
][] = [
  [
    'Siti',
    'facilitator',
    'event',
    [{ space: 'event', salt: 'saltOfSiti', changes: [event, set(invited, { name: 'Undangan 7' })] }],
  ],
  ['Dewi', 'viewer', 'event', []],
  ['Luar', 'organizer', 'other', [{ space: 'other', salt: 'saltOfLuar', changes: [set(theirs, { name: 'Tamu 77' })] }]],
  ['Ani', 'attendee', 'event', [{ space: 'event', salt: 'saltOfAni', changes: [set(mine, { name: 'Peserta 4' })] }]],
  ['Beni', 'attendee', 'event', [{ space: 'event', salt: 'saltOfBeni', changes: [present] }]],
]

/** How many words of a text a device was not to be told. */
function wordsTooMany(device: string, path: string, text: string): number {
  const ledger = createLedger(new Map(cast.map(([name, role, space]) => [name, new Map([[space, role]])])))
  ledger.owners.set('Ani', new Set([owner]))
  const devices = cast.map(([name, , , written]) => ({ name, keys: new Set([`key-of-${name}`]), written }))
  const heard = {
    path,
    text,
    request: undefined,
    cookie: '',
    status: 200,
    body: undefined,
    arrived: true,
    isHalf: false,
  }
  createWatch(ledger, () => devices)(device, heard)
  return ledger.violations.length
}

const ofEvent = (call: string) => `/api/v1/spaces/event/${call}`
const told = (device: string, call: string, what: unknown) =>
  wordsTooMany(device, call.startsWith('/') ? call : ofEvent(call), JSON.stringify(what))

it('what a device may see is told to it, wherever it stands', () => {
  expect(
    told('Siti', 'pull', {
      devs: ['key-of-Ani'],
      ops: [[encodeBody('saltOfAni', [set(mine, { name: 'Peserta 4' })])]],
    }),
  ).toBe(0)
  expect(
    told('Luar', '/api/v1/spaces/other/quarantine/key-of-Luar', { ops: [{ body: encodeBody('saltOfLuar', []) }] }),
  ).toBe(0)
  expect(told('Ani', 'view', { ops: [[encodeBody('saltOfAni', [event, set(mine, { name: 'Peserta 4' })])]] })).toBe(1)
  expect(told('Ani', 'view', { title: 'Rapat 2026', devs: ['key-of-Siti'], people: [mine, 'Peserta 4'] })).toBe(0)
  expect(told('Ani', 'find', { found: { person: invited, name: 'Undangan 7' } })).toBe(0)
  expect(told('Beni', 'view', [invited, 'Undangan 7'])).toBe(0)
})

it('a word of another space is found in any call, header, error or half of an answer', () => {
  expect(told('Siti', 'pull', { ops: [[encodeBody('saltOfLuar', [])]] })).toBe(1)
  expect(told('Siti', 'audit', { kind: 'badRequest', detail: `person ${theirs} is not here` })).toBe(1)
  expect(wordsTooMany('Siti', ofEvent('pull'), `etag,W/"${theirs}"`)).toBe(1)
  expect(wordsTooMany('Siti', ofEvent('pull'), `{"ops":[["[\\"saltOfLuar\\",[\\"s\\",\\"pers`)).toBe(1)
  expect(told('Dewi', 'team', { holder: 'Luar', dev: 'key-of-Luar' })).toBe(2)
  expect(told('Siti', '/api/v1/session', { spaces: ['event', 'other'] })).toBe(1)
})

it('an op beside the log is for who decides on it', () => {
  expect(told('Dewi', 'audit', { about: 'saltOfSiti' })).toBe(1)
  expect(told('Dewi', 'pull', { about: 'saltOfSiti' })).toBe(0)
})

it('an attendee is told of nobody else, and no secret of the event', () => {
  expect(told('Ani', 'view', ['salt-of-ids-1', 'saltOfBeni', 'Beni', invited, 'Undangan 7'])).toBe(5)
  expect(told('Beni', 'view', [mine, 'Peserta 4'])).toBe(2)
})
