import { cleanup, screen, waitFor } from '@testing-library/preact'
import { afterEach, expect, it } from 'vitest'
import type { Link } from '../../src/client/sync/link.ts'
import { Rescue } from '../../src/client/ui/screens/rescue/Rescue.tsx'
import { StatusScreen } from '../../src/client/ui/screens/status/StatusScreen.tsx'
import { StatusLine } from '../../src/client/ui/status/StatusLine.tsx'
import { fail, ok } from '../../src/core/result.ts'
import { bootApp, createTestLink, organizerDatabase, organizerSession, showScreen } from '../support/app.tsx'
import { openEvent } from '../support/event.tsx'
import { takesAll } from '../support/pushes.ts'

afterEach(cleanup)

/** A phone all of whose work was taken by a server that is then put back to before it knew this phone. */
async function bootForgotten() {
  const db = await organizerDatabase()
  let isKnown = true
  const session: Link['session'] = async () => {
    const answer = await organizerSession(db)()
    return answer.ok && !isKnown ? ok({ ...answer.value, account: null, device: null, organizer: false }) : answer
  }
  const unauthorized = async () => fail({ kind: 'unauthorized' as const })
  const link = createTestLink({ session, push: takesAll, pull: unauthorized, enrol: unauthorized })
  const app = await bootApp(db, link)
  await openEvent(app, [])
  app.syncNow()
  await waitFor(() => expect([...app.status.unsent.value.values()].every(({ count }) => count === 0)).toBe(true))
  isKnown = false
  app.syncNow()
  await waitFor(() => expect(app.identity.value.enrolled).toBe(false))
  return app
}

it('[S7] calls no device safe to clear that the server does not know, which may have been put back', async () => {
  const app = await bootForgotten()
  await showScreen(app, 'safe status', StatusScreen)
  expect(await screen.findByText(/^Boleh ditutup, tetapi jangan dikosongkan/)).toBeTruthy()
  expect(screen.getByText(/belum pasti server masih menyimpan semuanya/)).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Masuk dahulu' }).getAttribute('href')).toBe('/masuk')
  expect(screen.queryByText(/^Aman ditutup, dikosongkan/)).toBeNull()
})

it('[S7] says neither in the line of status nor beside the rescue file that nothing is left to be sent', async () => {
  const app = await bootForgotten()
  await showScreen(app, 'shell', StatusLine)
  expect(await screen.findByText(/Masuk untuk memastikan semua ada di server$/)).toBeTruthy()
  cleanup()
  await showScreen(app, 'rescue', Rescue)
  expect(await screen.findByText(/^Belum pasti server masih menyimpan semuanya\. Masuk dahulu/)).toBeTruthy()
  expect(screen.queryByText(/^Tidak ada perubahan yang perlu diselamatkan/)).toBeNull()
})

it('[S7] claims neither that the server has an event nor that its backup does', async () => {
  const app = await bootForgotten()
  await showScreen(app, 'safe status', StatusScreen)
  expect((await screen.findByText('Di server')).nextElementSibling?.textContent).toBe('belum pasti')
  expect(screen.getByText('Di cadangan server').nextElementSibling?.textContent).toBe('belum pasti')
})
