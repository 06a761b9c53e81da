import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareNames, foldText, plainName, tidyLine } from '../../src/core/name.ts'
import { formatNip, lostDigits, maskNip, nipDigits, readNip } from '../../src/core/nip.ts'
import { formatPhone, maskPhone, normalisePhone } from '../../src/core/phone.ts'

const today = '2026-11-21'

describe('NIP', () => {
  test.each([
    ['198609262015051001', 'pns', 'L'],
    ['196804111993031009', 'pns', 'L'],
    ['19680411 199303 1 009', 'pns', 'L'],
    ['NIP. 19680411.199303.1.009', 'pns', 'L'],
    ['NIP196804111993031009', 'pns', 'L'],
    ['nip : 196804111993031009', 'pns', 'L'],
    ['199009132025242014', 'pppk', 'P'],
    ['NI PPPK 19900913 202524 2 014', 'pppk', 'P'],
  ])('%j is read as %s, %s', (text, kind, sex) => {
    expect(readNip(text, today)).toEqual({ kind, sex, digits: text.replace(/\D/g, '') })
  })

  test.each([
    ['198613262015051001', 'birthDate'],
    ['198602302015051001', 'birthDate'],
    ['194001012015051001', 'birthDate'],
    ['201501012035051001', 'birthDate'],
    ['198609262015053001', 'gender'],
    ['198609262015050001', 'gender'],
    ['19860926201505100', 'length'],
    ['1986092620150510011', 'length'],
    ['', 'length'],
    ['19860926201505100X', 'length'],
    ['198609262028051001', 'appointment'],
    ['198609261999051001', 'appointment'],
    ['199009132018242014', 'appointment'],
    ['198609262015051000', 'serial'],
  ])('%j is invalid: %s', (text, problem) => {
    expect(readNip(text, today)).toMatchObject({ kind: 'invalid', problem })
  })

  test('any text is read without an error', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(['pns', 'pppk', 'invalid']).toContain(readNip(text, today).kind)
      }),
    )
  })

  test('it is printed 8-6-1-3 and reads back', () => {
    expect(formatNip('196804111993031009')).toBe('19680411 199303 1 009')
    expect(nipDigits(formatNip('196804111993031009'))).toBe('196804111993031009')
    expect(formatNip('12345')).toBe('12345')
    expect(maskNip('196804111993031009')).toBe('1968**** ****** * 009')
  })

  test('a number that a spreadsheet has rounded is known by its looks', () => {
    expect(lostDigits(Number('199009132025242014'))).toBe(true)
    for (const cell of ['1,99009E+17', '1.99009132025242E+17', '2E+17']) expect(lostDigits(cell)).toBe(true)
    for (const cell of ['199009132025242014', '12345', 812345, '']) expect(lostDigits(cell)).toBe(false)
  })
})

describe('phone', () => {
  test.each([
    '0812-3456-7890',
    '+62 812 3456 7890',
    '6281234567890',
    '81234567890',
    '+62 0812-3456-7890',
    '0062812 34567890',
  ])('%j is +6281234567890', (text) => {
    expect(normalisePhone(text)).toBe('+6281234567890')
  })

  test.each([
    ['0811234567', '+62811234567'],
    ['0812345678901', '+62812345678901'],
    ['081234567', undefined],
    ['08123456789012', undefined],
    ['0254-200123', undefined],
    ['', undefined],
    ['belum ada', undefined],
  ])('%j is %j', (text, phone) => {
    expect(normalisePhone(text)).toBe(phone)
  })

  test('a number that was read reads the same again, also as it is printed', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^8\d{8,11}$/), (rest) => {
        const phone = `+62${rest}`
        expect(normalisePhone(phone)).toBe(phone)
        expect(normalisePhone(formatPhone(phone))).toBe(phone)
      }),
    )
  })

  test('a masked number shows its first four and last four digits only', () => {
    expect(maskPhone('+6281234567890')).toBe('0812-****-7890')
    expect(maskPhone('+62811234567')).toBe('0811-****-4567')
    expect(maskPhone('0254-200123')).toBe('****-**0123')
  })
})

describe('names', () => {
  test.each([
    ['Dr. H. Contoh Satu, S.E., M.Si., Ak., CA', 'contoh satu'],
    ['Prof.Dr.Ir. Contoh Dua', 'contoh dua'],
    ['K.H. Contoh Tiga', 'contoh tiga'],
    ['KH Contoh Tiga', 'contoh tiga'],
    ['dr. Contoh Empat', 'contoh empat'],
    ['Tb. Contoh Lima', 'contoh lima'],
    ['Hj. Rt. Contoh Enam', 'contoh enam'],
    ['Ratu', 'ratu'],
    ['Drs.', 'drs'],
    ["  CONTOH   Nur'aini ", 'contoh nuraini'],
    ['Contoh Ésa', 'contoh esa'],
    ['', ''],
  ])('%j is compared as %j', (name, plain) => {
    expect(plainName(name)).toBe(plain)
  })

  test('a plain name stays as it is when made plain again', () => {
    const words = fc.array(fc.constantFrom('Dr.', 'H.', 'K.H.', 'Contoh', 'Satu', 'Ratu', "Nur'aini", 'S.E.'), {
      maxLength: 5,
    })
    fc.assert(
      fc.property(words, (parts) => {
        const plain = plainName(parts.join(' '))
        expect(plainName(plain)).toBe(plain)
      }),
    )
  })

  test('marks on letters never split a word', () => {
    for (const name of ['مُحَمَّد', 'İbrahim', 'Zoë']) expect(foldText(name)).not.toContain(' ')
  })

  test('a list is in the order of names, not of titles', () => {
    const sorted = ['Dr. Citra', 'Budi, S.E.', 'Prof. Ani', 'H. budi'].sort(compareNames)
    expect(sorted).toEqual(['Prof. Ani', 'Budi, S.E.', 'H. budi', 'Dr. Citra'])
  })
})

test('a pasted line is stored without what prints nothing', () => {
  expect(tidyLine('  Contoh\u0000\nSatu\u202e,\t S.E. ')).toBe('Contoh Satu, S.E.')
  expect(tidyLine('\u200e\u0007 ')).toBe('')
  expect(tidyLine('x'.repeat(10_000))).toHaveLength(200)
  expect(tidyLine("Siti 'Aisyah 🌺")).toBe("Siti 'Aisyah 🌺")
  expect(tidyLine('\u200b\u2060\u00ad')).toBe('')
  expect(tidyLine(`x${'🌺'.repeat(200)}`)).toBe(`x${'🌺'.repeat(99)}`)
})
