import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, expect, it, vi } from 'vitest'
import type { Database } from '../../src/client/db/schema.ts'
import type { ScreenProps } from '../../src/client/ui/routes.ts'
import { Rescue } from '../../src/client/ui/screens/rescue/Rescue.tsx'
import { ForgetEvent } from '../../src/client/ui/screens/safe/ForgetEvent.tsx'
import { Safe } from '../../src/client/ui/screens/safe/Safe.tsx'
import { bootApp, createTestLink, organizerDatabase, showScreen } from '../support/app.tsx'
import { openEvent } from '../support/event.tsx'

afterEach(() => {
  vi.restoreAllMocks()
  cleanup()
})

/** The browser has closed the connection and gives no new one, until the returned function was called. */
function lose(db: Database): () => void {
  const away = vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
    throw new DOMException('', 'UnknownError')
  })
  db.close({ disableAutoOpen: false })
  return () => away.mockRestore()
}

/** A server that never answers: nothing but the screen looks at the storage. */
const silentLink = () => createTestLink({ session: () => new Promise(() => undefined) })

const screens: [string, string, (props: ScreenProps) => preact.JSX.Element, RegExp][] = [
  ['the rescue file', 'rescue', Rescue, /^1 perubahan belum ada dalam daftar/],
  ['“Lupakan kegiatan ini”', 'safe', ForgetEvent, /^1 perubahan hanya ada di perangkat ini/],
  ['“Aman ditutup?”', 'safe status', Safe, /^1 perubahan hanya ada di perangkat ini/],
]

it.each(screens)(
  '%s says that the storage does not answer, and asks it again on request',
  async (_, words, Shown, found) => {
    const db = await organizerDatabase()
    const app = await bootApp(db, silentLink())
    const { space } = await openEvent(app, [])
    const heal = lose(db)
    await showScreen(app, words, Shown, { space: space.id })
    const told = () => screen.queryByText(/^Penyimpanan perangkat tidak menjawab/)
    await waitFor(() => expect(told()).toBeTruthy())
    expect(screen.queryByText(found)).toBeNull()
    heal()
    fireEvent.click(screen.getByRole('button', { name: 'Coba lagi' }))
    await screen.findByText(found)
    expect(told()).toBeNull()
  },
)
