import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  dayAt,
  findDay,
  formatDay,
  formatTime,
  instantOf,
  isDay,
  isWallTime,
  isZone,
  wallTimeAt,
  weekdayMismatch,
  weekdayOf,
  type Zone,
  zoneAhead,
} from '../../src/core/time.ts'

const allZones: Zone[] = ['WIB', 'WITA', 'WIT']
const instants = fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) })

describe('days', () => {
  test.each([
    ['2023-08-09', 'Rabu, 9 Agustus 2023'],
    ['2024-08-13', 'Selasa, 13 Agustus 2024'],
    ['2024-02-06', 'Selasa, 6 Februari 2024'],
    ['2017-11-01', 'Rabu, 1 November 2017'],
    ['2024-02-29', 'Kamis, 29 Februari 2024'],
  ])('%s is printed as %s', (day, printed) => {
    expect(formatDay(day)).toBe(printed)
    expect(formatDay(day, { weekday: false })).toBe(printed.split(', ')[1])
  })

  test.each(['2023-02-30', '2023-02-29', '2023-13-01', '2023-00-10', '9999-99-99', '2023-1-1', '', 7, null])(
    '%j is no day',
    (value) => {
      expect(isDay(value)).toBe(false)
    },
  )

  test('an impossible day is printed as it came and has no weekday', () => {
    expect(formatDay('2023-02-30')).toBe('2023-02-30')
    expect(weekdayOf('2023-02-30')).toBeUndefined()
  })

  test('seven days later is the same weekday', () => {
    fc.assert(
      fc.property(instants, (at) => {
        const day = dayAt(at, 'WIB')
        expect(weekdayOf(addDays(day, 7))).toBe(weekdayOf(day))
        expect(addDays(addDays(day, 40), -40)).toBe(day)
      }),
    )
  })
})

describe('a weekday that contradicts its date', () => {
  test('is pointed out with what was said and what the calendar says', () => {
    expect(weekdayMismatch('Rabu, 8 Juni 2017')).toEqual({ said: 'Rabu', day: '2017-06-08', actual: 'Kamis' })
    expect(weekdayMismatch('Rabu, 8 Juni 2016')).toBeUndefined()
  })

  test.each([
    'Rabu (9/8/2023)',
    'Selasa (13/8/2024)',
    'pada hari RABU tanggal 9 agustus 2023',
    "Jum'at, 11 Agustus 2023",
    'Jum’at, 11 Agustus 2023',
    'Rabu, 9 Agustus 2023 sampai dengan Jumat',
    'dua minggu lagi, hari Rabu, 9 Agustus 2023',
    '9 Agustus 2023 (Rabu)',
    '9 Agustus 2023',
    'Rabu',
    'Rabu, 30 Februari 2023',
  ])('is not seen in %j', (text) => {
    expect(weekdayMismatch(text)).toBeUndefined()
  })

  test.each([
    ['Kamis (9/8/2023)', 'Kamis'],
    ["JUM'AT, 9-8-2023", 'Jumat'],
    ['9 Agustus 2023 (Senin)', 'Senin'],
  ])('is seen in %j', (text, said) => {
    expect(weekdayMismatch(text)).toEqual({ said, day: '2023-08-09', actual: 'Rabu' })
  })
})

test.each([
  ['9/8/2023', '2023-08-09'],
  ['09-08-2023', '2023-08-09'],
  ['9.8.2023', '2023-08-09'],
  ['2023-08-09', '2023-08-09'],
  ['Serang, 9 AGUSTUS 2023', '2023-08-09'],
  ['6-8 Juni 2016', '2016-06-08'],
  ['12/25/2023', undefined],
  ['undangan nomor 005/12/2023', undefined],
  ['besok', undefined],
])('the first date in %j is %j', (text, day) => {
  expect(findDay(text)).toBe(day)
})

describe('zones', () => {
  test('the same instant is 09.05 WIB, 10.05 WITA and 11.05 WIT, whatever the device says', () => {
    const at = Date.UTC(2024, 1, 6, 2, 5)
    expect(allZones.map((zone) => formatTime(at, zone))).toEqual(['09.05 WIB', '10.05 WITA', '11.05 WIT'])
  })

  test('an evening in Serang is already the next day in Jayapura', () => {
    const at = instantOf('2024-02-06', '22:30', 'WIB')
    expect([dayAt(at, 'WIB'), dayAt(at, 'WITA'), dayAt(at, 'WIT')]).toEqual(['2024-02-06', '2024-02-06', '2024-02-07'])
  })

  test('an instant survives the way through day and wall time', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...allZones), (at, zone) => {
        const minute = at - (at % 60_000)
        expect(instantOf(dayAt(minute, zone), wallTimeAt(minute, zone), zone)).toBe(minute)
      }),
    )
  })

  test('a clock that says anything at all still gives a time to print', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom(...allZones), (at, zone) => {
        expect(isDay(dayAt(at, zone))).toBe(true)
        expect(isWallTime(wallTimeAt(at, zone))).toBe(true)
      }),
    )
  })

  test.each(['WIB', 'WITA', 'WIT'])('%s is a zone', (zone) => expect(isZone(zone)).toBe(true))
  test.each(['wib', 'UTC', 'toString', '', undefined])('%j is no zone', (zone) => expect(isZone(zone)).toBe(false))
  test.each([
    [420, 'WIB'],
    [480, 'WITA'],
    [540, 'WIT'],
    [0, undefined],
    [-420, undefined],
    [450, undefined],
  ])('clocks %i minutes ahead of UTC are of %s', (minutes, zone) => expect(zoneAhead(minutes)).toBe(zone))
  test.each(['24:00', '9:05', '09.05', '12:60', ''])('%j is no wall time', (time) =>
    expect(isWallTime(time)).toBe(false),
  )
})
