import { expect, it } from 'vitest'
import { introduceDevice, readDevices } from '../../src/core/device.ts'
import { fold } from '../../src/core/fold.ts'
import { write } from '../support/ops.ts'

it('a device is whose it said itself, not whose another one says', () => {
  const own = introduceDevice('A', { holder: 'Siti Contoh', name: 'Android' })
  const lie = introduceDevice('A', { holder: 'Orang Lain', name: 'Android' })
  expect(readDevices(fold([write('A', 1, [own])])).get('A')?.holder).toBe('Siti Contoh')
  expect(readDevices(fold([write('A', 1, [own]), write('B', 2, [lie])])).has('A')).toBe(false)
  expect(readDevices(fold([write('B', 1, [lie]), write('A', 2, [own])])).get('A')?.holder).toBe('Siti Contoh')
})
