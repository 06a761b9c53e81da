import { describe, expect, test } from 'vitest'
import { readRescue, rescueVersion, writeRescue } from '../../src/protocol/rescue.ts'

const id = 'A'.repeat(22)
const body = '["AAAAAAAAAAA",["a","attendance",{"p":"\\u0041 Ø 😀"}]]'
const push = {
  v: 1,
  dev: id,
  previous: 'A'.repeat(43),
  signature: 'B'.repeat(86),
  ops: [[1, 1_700_000_000_000, 1_700_000_000_001, body]] as [number, number, number, string][],
}
const page = {
  epoch: id,
  after: 3,
  before: 'A'.repeat(43),
  chain: 'B'.repeat(43),
  witness: 'C'.repeat(43),
  devs: [id],
  ops: [[1, 0, 1, 1_700_000_000_000, 1_700_000_000_001, body]] as [number, number, number, number, number, string][],
}
const content = {
  madeAt: 1000,
  device: { name: 'Android', holder: '' },
  keys: ['C'.repeat(87)],
  spaces: [{ space: id, pushes: [push], pages: [page] }],
}
const text = writeRescue(content)

describe('a rescue file', () => {
  test('is read as it was written, each body byte for byte', () => {
    expect(readRescue(text)).toEqual({ ok: true, value: { format: 'hadir-rescue', v: rescueVersion, ...content } })
  })

  test.each([
    ['cut off in the middle', text.slice(0, text.length >> 1)],
    ['cut off by one byte', text.slice(0, -1)],
    ['with a signature that is too short', text.replace('BBBB', '')],
    ['without its spaces', JSON.stringify({ ...JSON.parse(text), spaces: undefined })],
    [
      'with a push of no ops',
      JSON.stringify({ ...JSON.parse(text), spaces: [{ space: id, pushes: [{ ...push, ops: [] }], pages: [] }] }),
    ],
  ])('%s is damaged', (_, damaged) => {
    expect(readRescue(damaged)).toEqual({ ok: false, failure: { kind: 'damaged' } })
  })

  test.each([
    ['nothing', ''],
    ['a list of guests', 'No;Nama;Instansi\r\n1;Budi Contoh;Bappeda'],
    ['JSON of something else', '{"format":"other","v":1}'],
    ['JSON that is no object', 'null'],
  ])('%s is foreign', (_, foreign) => {
    expect(readRescue(foreign)).toEqual({ ok: false, failure: { kind: 'foreign' } })
  })

  test('of a newer form is newer, whatever else is in it', () => {
    const newer = JSON.stringify({ format: 'hadir-rescue', v: rescueVersion + 1, parcels: [] })
    expect(readRescue(newer)).toEqual({ ok: false, failure: { kind: 'newer' } })
  })
})
