import { describe, expect, it } from 'vitest'
import { bareRegion, institutionKey } from '../../src/core/region.ts'

describe('the name of a region', () => {
  it.each([
    ['Serang', ['Kabupaten Serang', 'Kota Serang']],
    [' tangerang ', ['Kabupaten Tangerang', 'Kota Tangerang']],
    ['Tangerang Selatan', ['Kota Tangerang Selatan']],
    ['Kotabaru', ['Kabupaten Kotabaru']],
    ['KOTA BARU', ['Kabupaten Kotabaru']],
    ['Banjar', ['Kabupaten Banjar']],
    ['Banjar Baru', ['Kota Banjarbaru']],
  ])('%s is asked about', (text, names) => {
    expect(bareRegion(text)).toEqual(names)
  })

  it.each(['Kabupaten Serang', 'KOTA SERANG', 'Kota Banjar', 'Dinas Kesehatan Serang', 'Bappeda', ''])(
    '%s is left as it is',
    (text) => {
      expect(bareRegion(text)).toEqual([])
    },
  )

  it.each([
    ['Kab. Kotabaru', 'Kabupaten Kotabaru'],
    ['KABUPATEN KOTA BARU', 'Kabupaten Kotabaru'],
    ['kab serang', 'Kabupaten Serang'],
    ['KOTA BANJAR BARU', 'Kota Banjarbaru'],
    ['Kota Banjar', 'Kota Banjar'],
    ['Serang', 'Serang'],
    ['Dinas Sosial', 'Dinas Sosial'],
  ])('%s is sorted as %s', (text, key) => {
    expect(institutionKey(text)).toBe(key)
  })
})
