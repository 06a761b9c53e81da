import { describe, expect, test } from 'vitest'
import { readCode } from '../../src/core/code.ts'
import { gatePath } from '../../src/core/gate.ts'

const origin = 'https://hadir.contoh.go.id'
const read = (text: string) => readCode(text, origin)

describe('what a code is', () => {
  test('a pass and a receipt are handed on as they are', () => {
    expect(read('HP1:6BFOXN TSMAHN-H')).toEqual({ kind: 'pass', text: 'HP1:6BFOXN TSMAHN-H' })
    expect(read('HR1:6BFOXN TSMAHN-H\n')).toEqual({ kind: 'receipt', text: 'HR1:6BFOXN TSMAHN-H' })
  })

  test('a gate is a link whose halves make eight letters', () => {
    expect(read(`${origin}/m/K7QF#2MXA`)).toEqual({ kind: 'gate', code: 'K7QF2MXA' })
    expect(read('HTTPS://HADIR.CONTOH.GO.ID/m/k7qf#2mxa')).toEqual({ kind: 'gate', code: 'K7QF2MXA' })
    expect(read(`${origin}${gatePath('K7QF2MXA', 'A'.repeat(22))}`)).toEqual({ kind: 'gate', code: 'K7QF2MXA' })
    expect(read(`${origin}/m/K7QF`)).toEqual({ kind: 'unknown' })
    expect(read(`${origin}/m/K7QF#2MX`)).toEqual({ kind: 'unknown' })
  })

  test('an invitation is a link to the page for joining', () => {
    expect(read(`${origin}/gabung#K7QF-2MXA-9BTD`)).toEqual({ kind: 'invite', code: 'K7QF2MXA9BTD' })
    expect(read(`${origin}/siapkan#K7QF-2MXA-9BTD`)).toEqual({ kind: 'unknown' })
  })

  test('letters that were typed say only that they are letters', () => {
    expect(read(' k7qf-2mxa ')).toEqual({ kind: 'letters', code: 'K7QF2MXA' })
    expect(read('K7QF 2MXA')).toEqual({ kind: 'letters', code: 'K7QF2MXA' })
    expect(read('K7QF 2MXA 9BTD')).toEqual({ kind: 'letters', code: 'K7QF2MXA9BTD' })
    expect(read('K7QF 2MXA 9')).toEqual({ kind: 'unknown' })
    expect(read('K7QF2MXO')).toEqual({ kind: 'unknown' })
  })

  test.each([
    '',
    '8991102384219',
    'WIFI:S:Aula;T:WPA;P:rahasia;;',
    'https://contoh.example/m/K7QF#2MXA',
    `${origin}.example/m/K7QF#2MXA`,
    `${origin}@contoh.example/m/K7QF#2MXA`,
    'javascript:alert(1)',
    'hp1:6BFOXN',
  ])('%j is not a code of Hadir', (text) => {
    expect(read(text)).toEqual({ kind: 'unknown' })
  })
})
