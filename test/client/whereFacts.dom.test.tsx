import { cleanup, render, screen } from '@testing-library/preact'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { loadWords, startI18n } from '../../src/client/i18n/i18n.ts'
import { Icon, type IconName } from '../../src/client/ui/parts/Icon.tsx'
import { WhereFacts } from '../../src/client/ui/screens/status/WhereFacts.tsx'

beforeEach(async () => {
  await startI18n()
  await loadWords('status')
})
afterEach(cleanup)

const drawing = (element: Element | null | undefined) => element?.querySelector('path')?.getAttribute('d')

/** Whether a place has one of the ticks, that say of something that it succeeded. */
function isTicked(place: string): boolean {
  const ticks: IconName[] = ['check', 'sent']
  const shown = drawing(screen.getByText(place))
  return ticks.some((name) => drawing(render(<Icon name={name} />).container) === shown)
}

it.each([
  ['nothing is on the server', { head: 0, backedUpThrough: 0 }, 'belum ada', 'belum ada cadangan yang teruji', []],
  [
    'no backup is verified',
    { head: 3, backedUpThrough: 0 },
    '3 perubahan',
    'belum ada cadangan yang teruji',
    ['server'],
  ],
  ['a part is in a backup', { head: 3, backedUpThrough: 2 }, '3 perubahan', '2 dari 3', ['server']],
  ['all is in a backup', { head: 3, backedUpThrough: 3 }, '3 perubahan', 'semuanya', ['server', 'backup']],
])('ticks only what is there, when %s', (_, held, server, backup, ticked) => {
  render(<WhereFacts row={held} localOnly={1} />)
  expect(screen.getByText('Di server').nextElementSibling?.textContent).toBe(server)
  expect(screen.getByText('Di cadangan server').nextElementSibling?.textContent).toBe(backup)
  const places = { device: 'Hanya di perangkat ini', server: 'Di server', backup: 'Di cadangan server' }
  expect(Object.entries(places).flatMap(([name, place]) => (isTicked(place) ? [name] : []))).toEqual(ticked)
})

it('ticks nothing of what is not certain', () => {
  render(<WhereFacts row={{ head: 3, backedUpThrough: 3 }} localOnly={1} isUnsure />)
  expect(isTicked('Di server') || isTicked('Di cadangan server')).toBe(false)
  expect(screen.getAllByText('belum pasti')).toHaveLength(2)
})
