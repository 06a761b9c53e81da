import 'fake-indexeddb/auto'
import { cleanup, render, screen } from '@testing-library/preact'
import { useErrorBoundary } from 'preact/hooks'
import { afterEach, expect, it } from 'vitest'
import { createDatabase } from '../../src/client/db/schema.ts'
import { newSpaceRow } from '../../src/client/db/spaces.ts'
import type { AppParts } from '../../src/client/ui/app.ts'
import { Pages } from '../../src/client/ui/Pages.tsx'
import { bootApp, createTestLink } from '../support/app.tsx'

/** What jsdom does not know of its window. */
Object.assign(window, { isSecureContext: true, matchMedia: () => ({ matches: false }), scrollTo: () => undefined })
afterEach(() => {
  cleanup()
  history.replaceState(null, '', '/')
})

/** Stands where the app says that it has failed. */
function Boundary({ app }: { app: AppParts }) {
  const [crash] = useErrorBoundary()
  return crash ? <p>told</p> : <Pages app={app} />
}

const space = 'A'.repeat(22)
const attendee = { owner: 'B'.repeat(22), code: 'K7QF2MXA', certificate: '', found: [] }

it('a door that fails once its event was taken off this phone leaves what is shown since', async () => {
  const db = createDatabase(`test-${crypto.randomUUID()}`)
  let failWith: (error: Error) => void = () => undefined
  const entering = new Promise<never>((_, reject) => {
    failWith = reject
  })
  await db.spaces.put({ ...newSpaceRow(space, 'attendee'), attendee })
  const app = await bootApp(db, createTestLink({ enrol: () => entering }))
  history.replaceState(null, '', '/m/K7QF')
  render(<Boundary app={app} />)
  await screen.findByText('Membuka kegiatan …')
  await db.spaces.delete(space)
  expect(await screen.findByLabelText('Kode kegiatan')).toBeTruthy()
  failWith(new Error('a bug'))
  await expect(entering).rejects.toThrow()
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  expect(screen.queryByText('told')).toBeNull()
  expect(screen.getByLabelText('Kode kegiatan')).toBeTruthy()
})
