import 'fake-indexeddb/auto'
import { cleanup, render, screen, waitFor } from '@testing-library/preact'
import { Dexie } from 'dexie'
import { useErrorBoundary } from 'preact/hooks'
import { afterEach, expect, it } from 'vitest'
import { pendingRows, toOp } from '../../src/client/db/outbox.ts'
import { createDatabase, type Database } from '../../src/client/db/schema.ts'
import { loadWords } from '../../src/client/i18n/i18n.ts'
import { createFormSpace } from '../../src/client/state/formSpace.ts'
import { AppContext, type AppParts } from '../../src/client/ui/app.ts'
import { Attendee, type FirstVisit } from '../../src/client/ui/screens/attendee/Attendee.tsx'
import { FormContext } from '../../src/client/ui/screens/attendee/formContext.ts'
import { createFormParts } from '../../src/client/ui/screens/attendee/formParts.ts'
import { ok } from '../../src/core/result.ts'
import { bootApp } from '../support/app.tsx'
import { openEvent } from '../support/event.tsx'
import { field, type } from '../support/hands.ts'

/** What jsdom does not know of its window. */
Object.assign(window, { isSecureContext: true, matchMedia: () => ({ matches: false }), scrollTo: () => undefined })
afterEach(cleanup)

type Shown = { app: AppParts; enter: FirstVisit['enter'] }

/** Stands where the app says that it has failed; the app comes behind the form. */
function Boundary({ app, enter, isReady }: Shown & { isReady: boolean }) {
  const [crash] = useErrorBoundary()
  if (crash) return <p>told</p>
  return (
    <AppContext.Provider value={isReady ? app : undefined}>
      <FormContext.Provider value={createFormParts(Promise.resolve(app), app.drafts)}>
        <Attendee code="K7QF2MXA" first={{ enter, notYet: undefined }} />
      </FormContext.Provider>
    </AppContext.Provider>
  )
}

/** As after damage to the disk: an event of this device cannot be opened. */
function damage(db: Database): () => void {
  const { get } = db.snapshots
  db.snapshots.get = () => Dexie.Promise.reject(new DOMException('', 'DataError'))
  return () => {
    db.snapshots.get = get
  }
}

/** The app behind a form that is filled in already, and cannot open its event until it is healed. */
async function openForm(): Promise<Shown & { heal: () => void }> {
  const db = createDatabase(`test-${crypto.randomUUID()}`)
  const { space } = await openEvent(await bootApp(db), [])
  const early = createFormSpace(space.id, (await pendingRows(db, space.id, 0)).map(toOp), Date.now)
  const app = await bootApp(db)
  await Promise.all(['attendee', 'person'].map(loadWords))
  const heal = damage(db)
  return { app, heal, enter: async () => ok({ space: space.id, team: false, early }) }
}

it('a form whose event cannot be opened stays, says so beside it, and goes on when there is a network', async () => {
  const { heal, ...shown } = await openForm()
  const { rerender } = render(<Boundary {...shown} isReady={false} />)
  await type(/^Nama lengkap/, 'Tamu Contoh')
  rerender(<Boundary {...shown} isReady />)
  await screen.findByText(/^Ponsel ini belum dapat menyimpan/)
  expect((await field(/^Nama lengkap/)).value).toBe('Tamu Contoh')
  heal()
  dispatchEvent(new Event('online'))
  await waitFor(() => expect(screen.queryByText(/^Ponsel ini belum dapat menyimpan/)).toBeNull())
  expect((await field(/^Nama lengkap/)).value).toBe('Tamu Contoh')
})
