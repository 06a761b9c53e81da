import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import * as v from 'valibot'
import { afterEach, expect, it, vi } from 'vitest'
import { loadWords } from '../../src/client/i18n/i18n.ts'
import { Quarantine } from '../../src/client/ui/screens/quarantine/Quarantine.tsx'
import { StatusScreen } from '../../src/client/ui/screens/status/StatusScreen.tsx'
import { encodeBody } from '../../src/core/op.ts'
import { setPerson } from '../../src/core/person.ts'
import { fail, ok } from '../../src/core/result.ts'
import { bootApp, createTestLink, organizerDatabase, organizerSession, showScreen } from '../support/app.tsx'
import { openEvent } from '../support/event.tsx'
import { takesAll } from '../support/pushes.ts'

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

it('[S11] what waits there is found from the screen of the status too, by whoever may decide on it', async () => {
  const db = await organizerDatabase()
  const device = { dev: 'A'.repeat(22), holder: null, deviceName: null, waiting: 3, kept: 2, oldestAt: 2 }
  const asked: string[] = []
  let mine = ''
  const testLink = createTestLink({
    session: organizerSession(db),
    ask: async (schema, _, path) => {
      asked.push(path)
      return path === `/spaces/${mine}/quarantine`
        ? ok(v.parse(schema, { devices: [device, { ...device, dev: 'B'.repeat(22), waiting: 1 }] }))
        : fail({ kind: 'notFound' })
    },
  })
  const app = await bootApp(db, testLink)
  const { space: unknown } = await openEvent(app, [])
  mine = (await openEvent(app, [])).space.id
  const { space: helped } = await openEvent(app, [])
  await db.spaces.update(helped.id, { role: 'facilitator' })
  await waitFor(() => expect(app.spaces.rows.value?.map(({ role }) => role)).toContain('facilitator'))
  await showScreen(app, 'status safe person', StatusScreen)
  await screen.findByText(/^4 catatan dari perangkat lain ada di karantina server/)
  const way = screen.getByRole('link', { name: 'Periksa karantina' })
  expect(way.getAttribute('href')).toBe(`/kegiatan/${mine}/karantina`)
  await waitFor(() => expect(asked).toContain(`/spaces/${unknown.id}/quarantine`))
  expect(asked).not.toContain(`/spaces/${helped.id}/quarantine`)
})

it('[S11] what waits there is asked for again once the server is reached, and no failure takes it away', async () => {
  const db = await organizerDatabase()
  const device = { dev: 'A'.repeat(22), holder: null, deviceName: null, waiting: 4, kept: 0, oldestAt: 2 }
  let trouble: 'offline' | 'serverError' | undefined = 'offline'
  let asked = 0
  const known = organizerSession(db)
  const testLink = createTestLink({
    session: async () => (trouble === 'offline' ? fail({ kind: trouble }) : known()),
    push: takesAll,
    pull: async () => fail({ kind: 'notFound' }),
    ask: async (schema) => {
      asked++
      return trouble ? fail({ kind: trouble }) : ok(v.parse(schema, { devices: [device] }))
    },
  })
  const app = await bootApp(db, testLink)
  await openEvent(app, [])
  await showScreen(app, 'status safe person', StatusScreen)
  await waitFor(() => expect(asked).toBeGreaterThan(0))
  expect(screen.queryByText(/karantina server/)).toBeNull()
  trouble = undefined
  app.syncNow()
  await screen.findByText(/^4 catatan dari perangkat lain ada di karantina server/)
  const now = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 120_000)
  const before = asked
  trouble = 'serverError'
  app.syncNow()
  await waitFor(() => expect(asked).toBeGreaterThan(before))
  await waitFor(() => expect(app.sync.value.running).toBe(false))
  expect(screen.getByText(/^4 catatan dari perangkat lain ada di karantina server/)).toBeTruthy()
  now.mockRestore()
})
