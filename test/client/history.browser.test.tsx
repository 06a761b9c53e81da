import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { afterEach, expect, it } from 'vitest'
import { createDatabase } from '../../src/client/db/schema.ts'
import { saveMaterial } from '../../src/client/state/materials.ts'
import { checkIn } from '../../src/core/attendance.ts'
import { encodeBody, opVersion } from '../../src/core/op.ts'
import { bootApp } from '../support/app.tsx'
import { openEvent, showAt } from '../support/event.tsx'

const start = location.pathname + location.search
afterEach(() => {
  cleanup()
  history.replaceState(null, '', start)
})

const count = 10_000

it('an import is told by its number, and the history of 10,000 check-ins is a list of few rows', async () => {
  const db = createDatabase(`test-${crypto.randomUUID()}`)
  const app = await bootApp(db)
  const people = Array.from({ length: count }, (_, i) => ({ name: `Peserta Contoh ${i}` }))
  const { space, ids, session } = await openEvent(app, people)
  const salt = (i: number) => String(i).padStart(11, '0')
  const rows = ids.map((person, i) => ({
    ...{ space: space.id, dev: 'PerangkatLain', n: i + 1, v: opVersion, wall: app.wall(), at: app.wall() + i },
    ...{ body: encodeBody(salt(i), [checkIn({ person, session, method: 'own' })]), state: 'local' as const },
  }))
  await db.outbox.bulkAdd(rows)
  const material = await saveMaterial(space, undefined, { title: 'Paparan Contoh', form: 'file' })
  await saveMaterial(space, material, { uploaded: 'A'.repeat(43) })
  await waitFor(() => expect(space.attendance.value.get(session)?.size).toBe(count), { timeout: 30_000 })
  await showAt(app, `/kegiatan/${space.id}/riwayat`)
  const list = await screen.findByRole('list', { name: 'Riwayat' }, { timeout: 30_000 })
  await screen.findByText(/^10\D?0\d\d catatan$/)
  expect(within(list).getAllByRole('button').length).toBeLessThan(60)
  expect(within(list).getAllByText(/Ponsel peserta/).length).toBeGreaterThan(10)
  fireEvent.input(screen.getByLabelText('Cari dalam riwayat'), { target: { value: 'Menambah' } })
  expect(await within(list).findAllByText(/Paparan Contoh/)).toHaveLength(1)
  await screen.findByText('22 catatan')
  expect(within(list).getAllByText('Menambah 500 peserta').length).toBeGreaterThan(5)
  expect(within(list).getAllByText(/Perangkat tidak dikenal/).length).toBeGreaterThan(5)
  expect(within(list).queryByText(/Ponsel peserta/)).toBeNull()
})
