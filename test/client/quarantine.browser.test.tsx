import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import * as v from 'valibot'
import { afterEach, expect, it } from 'vitest'
import { loadWords } from '../../src/client/i18n/i18n.ts'
import { Quarantine } from '../../src/client/ui/screens/quarantine/Quarantine.tsx'
import { encodeBody } from '../../src/core/op.ts'
import { setPerson } from '../../src/core/person.ts'
import { fail, ok } from '../../src/core/result.ts'
import { bootApp, createTestLink, organizerDatabase, showScreen } from '../support/app.tsx'
import { openEvent } from '../support/event.tsx'

afterEach(cleanup)

it('[S11] what is kept out is chosen, has a reason, and is told to the server with both', async () => {
  const dev = 'A'.repeat(22)
  const [link, body] = ['L'.repeat(43), encodeBody('AAAAAAAAAAA', [setPerson('p', { name: 'Surti Contoh' })])]
  const op = { n: 7, link, wall: 1, claimedAt: 1, receivedAt: 2, reason: 'notAllowed', keptAt: null, body }
  const device = { dev, holder: 'Budi Contoh', deviceName: 'Ponsel Contoh', waiting: 1, kept: 0, oldestAt: 2 }
  const decisions: unknown[] = []
  const testLink = createTestLink({
    ask: async (schema, method, path, request) => {
      if (!path.includes('/quarantine')) return fail({ kind: 'offline' })
      if (method === 'GET' && path.endsWith('/quarantine'))
        return ok(v.parse(schema, { devices: decisions.length > 0 ? [] : [device] }))
      if (method === 'GET') return ok(v.parse(schema, { ops: path.includes('?') ? [] : [op] }))
      decisions.push([path.split('/').at(-1), request])
      return ok(v.parse(schema, { changed: 1 }))
    },
  })
  const app = await bootApp(await organizerDatabase(), testLink)
  const { space } = await openEvent(app, [])
  await loadWords('historyWords')
  await showScreen(app, 'quarantine', Quarantine, { space: space.id })
  const keep = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
  fireEvent.click(await screen.findByRole('checkbox', { name: /Surti Contoh/ }))
  fireEvent.click(screen.getByRole('checkbox', { name: /Surti Contoh/ }))
  keep('Sisihkan yang dipilih')
  await screen.findByText('Pilih catatannya dahulu.')
  fireEvent.click(screen.getByRole('checkbox', { name: /Surti Contoh/ }))
  keep('Sisihkan 1 catatan')
  await screen.findByText('Tuliskan alasannya.')
  expect(decisions).toEqual([])
  fireEvent.input(screen.getByLabelText('Alasan'), { target: { value: 'Tidak ada di daftar kertas' } })
  keep('Sisihkan 1 catatan')
  await waitFor(() =>
    expect(decisions).toEqual([[dev, { decision: 'keep', reason: 'Tidak ada di daftar kertas', ops: [[7, link]] }]]),
  )
  await screen.findByText('Karantina kosong')
})
