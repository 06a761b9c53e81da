import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, expect, it } from 'vitest'
import { checkIn } from '../../src/core/attendance.ts'
import { bootApp } from '../support/app.tsx'
import { openEvent, showAt } from '../support/event.tsx'

const start = location.pathname + location.search
afterEach(() => {
  cleanup()
  history.replaceState(null, '', start)
})

it('two people on one phone are shown for review with the reason, and marking that is undone again', async () => {
  const app = await bootApp()
  const names = ['Siti Umpama', 'Rahmat Umpama', 'Ani Contoh']
  const { space, ids, session } = await openEvent(
    app,
    names.map((name) => ({ name })),
  )
  const own = ids.slice(0, 2).map((person) => checkIn({ person, session, method: 'own' }))
  await space.commit([...own, checkIn({ person: ids[2] ?? '', session, method: 'kiosk' })])

  await showAt(app, `/kegiatan/${space.id}`)
  fireEvent.click(await screen.findByRole('link', { name: '2 kehadiran perlu ditinjau' }))
  await screen.findByText('Rahmat Umpama')
  expect(screen.queryByText('Ani Contoh')).toBeNull()
  expect(screen.getAllByText(/^Ponsel dipakai bersama/)).toHaveLength(2)
  cleanup()

  await showAt(app, `/kegiatan/${space.id}/peserta/${ids[0]}`)
  await screen.findByText(/^Satu ponsel dipakai bersama 1 orang lain:/)
  await screen.findByRole('link', { name: 'Rahmat Umpama' })
  fireEvent.click(screen.getByRole('button', { name: 'Sudah ditinjau' }))
  fireEvent.click(await screen.findByRole('button', { name: 'Tinjau lagi' }))
  await screen.findByText(/^Satu ponsel dipakai bersama 1 orang lain:/)
  await waitFor(() => expect(space.attendance.value.get(session)?.size).toBe(3))
})
