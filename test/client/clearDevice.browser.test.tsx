import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, expect, it } from 'vitest'
import type { Link } from '../../src/client/sync/link.ts'
import { SignOut } from '../../src/client/ui/parts/SignOut.tsx'
import { Safe } from '../../src/client/ui/screens/safe/Safe.tsx'
import { fail, ok } from '../../src/core/result.ts'
import { bootApp, createTestLink, organizerDatabase, organizerSession, showScreen } from '../support/app.tsx'
import { openEvent } from '../support/event.tsx'
import { parksAll, takesAll } from '../support/pushes.ts'

afterEach(cleanup)

/** A device on which nothing waits, and how often it asked to be signed out; the server never lets it. */
async function bootCounting() {
  const db = await organizerDatabase()
  let count = 0
  const signOut: Link['signOut'] = async () => {
    count++
    return fail({ kind: 'serverError' })
  }
  const pull: Link['pull'] = async () => fail({ kind: 'serverError' })
  const app = await bootApp(db, createTestLink({ session: organizerSession(db), push: parksAll, pull, signOut }))
  return { app, signOuts: () => count }
}
type Counting = Awaited<ReturnType<typeof bootCounting>>

const undecided: [string, (app: Counting['app']) => Promise<unknown>][] = [
  ['a form that was not saved', (app) => app.drafts.write('walkIn:SPACE:SESI', { name: 'Budi' })],
  [
    'a change that was not accepted',
    async (app) => {
      await openEvent(app, [])
      app.syncNow()
      await waitFor(async () => expect((await app.status.readAtRisk()).parked).toBe(1))
    },
  ],
]

it.each(undecided)('[S10] clears a device with %s only with a word of its own', async (_, leave) => {
  const { app, signOuts } = await bootCounting()
  await leave(app)
  await showScreen(app, 'safe status', Safe)
  const agree = await screen.findByRole('checkbox', { name: /^Hapus juga isian/ })
  fireEvent.click(screen.getByRole('button', { name: 'Keluar dan kosongkan' }))
  expect(await screen.findByText(/^Belum dikosongkan/)).toBeTruthy()
  expect(signOuts()).toBe(0)
  fireEvent.click(agree)
  await waitFor(() => expect(screen.queryByText(/^Belum dikosongkan/)).toBeNull())
  fireEvent.click(screen.getByRole('button', { name: 'Keluar dan kosongkan' }))
  await waitFor(() => expect(signOuts()).toBe(1))
})

it.each(undecided)('[S10] leads from signing out to %s first', async (_, leave) => {
  const { app, signOuts } = await bootCounting()
  await leave(app)
  await showScreen(app, 'signOut', SignOut)
  fireEvent.click(await screen.findByRole('button', { name: 'Keluar' }))
  expect(await screen.findByText(/^Belum dapat keluar: ada isian yang belum disimpan/)).toBeTruthy()
  const way = screen.getByRole('link', { name: 'Lihat apa yang perlu dilakukan' })
  expect(way.getAttribute('href')).toBe('/aman')
  expect(signOuts()).toBe(0)
})

it.each([
  ['pull', false],
  ['pull', true],
  ['signOut', false],
  ['signOut', true],
] as const)(
  '[S10] keeps what is typed while it signs out (%s), whatever was given up before (%s)',
  async (during, givesUp) => {
    const db = await organizerDatabase()
    const type = (form: string, name: string) => app.drafts.write(`walkIn:SPACE:${form}`, { name })
    let isLeaving = false
    const meanwhile = async (call: string) => {
      if (isLeaving && call === during) await type('SESI', 'Citra')
    }
    const link = createTestLink({
      session: organizerSession(db),
      push: takesAll,
      pull: async () => {
        await meanwhile('pull')
        return fail({ kind: 'serverError' })
      },
      signOut: async () => {
        await meanwhile('signOut')
        return ok(undefined)
      },
    })
    const app = await bootApp(db, link)
    await openEvent(app, [])
    app.syncNow()
    await waitFor(async () => expect((await app.status.readAtRisk()).localOnly).toBe(0))
    if (givesUp) await type('LAIN', 'Budi')
    isLeaving = true
    expect(await app.account.signOut({ givesUp })).toEqual({ ok: false, failure: { kind: 'undecided' } })
    expect(await app.drafts.read('walkIn:SPACE:SESI')).toEqual({ name: 'Citra' })
  },
)
