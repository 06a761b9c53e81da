import { cleanup, screen } from '@testing-library/preact'
import { afterEach, expect, it } from 'vitest'
import { loadWords } from '../../src/client/i18n/i18n.ts'
import { setEvent } from '../../src/core/event.ts'
import { setPerson } from '../../src/core/person.ts'
import { bootApp } from '../support/app.tsx'
import { openEvent, showAt } from '../support/event.tsx'

const start = location.pathname + location.search
afterEach(() => {
  cleanup()
  history.replaceState(null, '', start)
})

it('who signs the sheet is told by position and name', async () => {
  const app = await bootApp()
  const { space } = await openEvent(app, [])
  const left = { label: 'Mengetahui', position: 'Kepala Dinas', name: 'Siti Umpama', rank: '', nip: '' }
  const about = space.event.value?.id ?? ''
  await space.commit([setEvent(about, { signatories: { left, right: undefined } })])
  await Promise.all(['history', 'historyWords', 'fileButtons'].map(loadWords))
  await showAt(app, `/kegiatan/${space.id}/riwayat`)
  const told = await screen.findAllByText(/penanda tangan/)
  expect(told.map(({ textContent }) => textContent).join()).toMatch(/[Mm]engetahui · Kepala Dinas · Siti Umpama/)
})

it('the roles of a person are told by their names', async () => {
  const app = await bootApp()
  const { space } = await openEvent(app, [])
  const person = space.newId()
  await space.commit([setPerson(person, { name: 'Siti Umpama', roles: ['peserta'] })])
  await space.commit([setPerson(person, { roles: ['pembawa_acara', 'notulis'] })])
  await Promise.all(['history', 'historyWords', 'fileButtons'].map(loadWords))
  await showAt(app, `/kegiatan/${space.id}/riwayat`)
  await screen.findAllByText(/Pembawa Acara, Notulis/)
})
