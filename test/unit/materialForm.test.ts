import { describe, expect, test } from 'vitest'
import {
  addressOf,
  checkDraft,
  emptyDraft,
  fieldsOf,
  parseDraft,
} from '../../src/client/ui/screens/materialForm/draft.ts'
import { fold } from '../../src/core/fold.ts'
import { openedMaterial } from '../../src/core/material.ts'
import { encodeBody } from '../../src/core/op.ts'
import { readReaders } from '../../src/core/opened.ts'

describe('the address of a link', () => {
  test.each([
    ['contoh.go.id/materi', 'https://contoh.go.id/materi'],
    [' http://contoh.go.id ', 'http://contoh.go.id/'],
    ['javascript:alert(1)', ''],
    ['data:text/html,<script>', ''],
    ['paparan', ''],
    ['', ''],
  ])('%s becomes %s', (typed, address) => {
    expect(addressOf(typed)).toBe(address)
  })
})

describe('the form of a material', () => {
  test('says what is missing of its kind, and nothing of the others', () => {
    expect(checkDraft(emptyDraft, false)).toEqual({ title: 'errors.title', file: 'errors.file' })
    expect(checkDraft({ ...emptyDraft, title: 'Paparan' }, true)).toEqual({})
    expect(checkDraft({ ...emptyDraft, form: 'link', title: 'x', url: 'javascript:1' }, false)).toEqual({
      url: 'errors.url',
    })
    const gated = { ...emptyDraft, title: 'x', from: 'afterForm' as const }
    expect(checkDraft(gated, true)).toEqual({ fromForm: 'errors.fromForm' })
    expect(checkDraft({ ...gated, audience: 'team' }, true)).toEqual({})
  })

  test('writes no address of a text, and no text of a link', () => {
    const both = { ...emptyDraft, title: ' Paparan ', url: 'contoh.go.id', text: 'isi' }
    expect(fieldsOf({ ...both, form: 'text' })).toMatchObject({ title: 'Paparan', url: '', text: 'isi' })
    expect(fieldsOf({ ...both, form: 'link' })).toMatchObject({ url: 'https://contoh.go.id/', text: '' })
  })

  test('reads what an older version kept, and nothing that is no draft', () => {
    expect(parseDraft({ title: 'Paparan', audience: 'siapa' })).toEqual({ ...emptyDraft, title: 'Paparan' })
    expect(parseDraft(['x'])).toBeUndefined()
  })
})

test('readers are counted by device, once for each way, and named where they said who they are', () => {
  const said = [
    { dev: 'a', how: 'opened' },
    { dev: 'a', how: 'opened' },
    { dev: 'a', how: 'saved' },
    { dev: 'b', how: 'opened', person: 'p' },
  ] as const
  const space = fold(
    said.map(({ dev, ...fact }, i) => ({
      dev,
      n: i + 1,
      wall: i,
      at: i,
      body: encodeBody(`salt-00000${i}`, [openedMaterial({ material: 'm', ...fact })]),
    })),
  )
  expect(readReaders(space).get('m')).toEqual({
    opened: new Set(['a', 'b']),
    saved: new Set(['a']),
    people: new Set(['p']),
  })
})
