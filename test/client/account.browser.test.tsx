import { scrypt } from '@noble/hashes/scrypt.js'
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Link } from '../../src/client/sync/link.ts'
import { SetUp } from '../../src/client/ui/screens/account/SetUp.tsx'
import { SignIn } from '../../src/client/ui/screens/account/SignIn.tsx'
import { Join } from '../../src/client/ui/screens/join/Join.tsx'
import { blockSize, guessBytes, hashBytes, isHit, type Solution } from '../../src/core/puzzle.ts'
import { fail } from '../../src/core/result.ts'
import type { Refusal } from '../../src/protocol/failure.ts'
import { bootApp, createTestLink, showScreen } from '../support/app.tsx'

const refusing = (refusal: Refusal) => async () => fail(refusal)
const appWith = (answers: Partial<Link>) => bootApp(undefined, createTestLink(answers))
const fill = (label: string | RegExp, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } })
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))

/** The words that a reader hears with a field: its hint and its error. */
const saidBeside = (label: string | RegExp) =>
  (screen.getByLabelText(label).getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent)
    .join(' ')

const start = location.pathname + location.search
beforeEach(() => history.replaceState(null, '', start))
afterEach(() => {
  cleanup()
  history.replaceState(null, '', start)
})

describe('setup', () => {
  async function showSetUp(answers: Partial<Link>) {
    history.replaceState(null, '', '#TOKEN')
    await showScreen(await appWith(answers), 'account', SetUp)
  }
  function fillAll(): void {
    fill('Nama lengkap', 'Wati Contoh')
    fill('Surel', 'wati@contoh.go.id')
    fill('Kata sandi', 'sepuluh huruf')
    press('Buat akun')
  }

  it('takes the token out of the address bar and sends it', async () => {
    const sent: string[] = []
    await showSetUp({
      setUp: async ({ token }) => {
        sent.push(token)
        return fail({ kind: 'emailTaken' })
      },
    })
    await waitFor(() => expect(location.hash).toBe(''))
    fillAll()
    await waitFor(() => expect(saidBeside('Surel')).toContain('sudah dipakai akun lain'))
    expect(sent).toEqual(['TOKEN'])
  })

  it('asks for ten characters beside the password, before anything is sent', async () => {
    await showSetUp({})
    fill('Kata sandi', 'sembilan9')
    press('Buat akun')
    await waitFor(() => expect(saidBeside('Kata sandi')).toContain('Kata sandi sedikitnya 10 karakter.'))
    expect(document.activeElement).toBe(screen.getByLabelText('Nama lengkap'))
  })

  it.each(['expired', 'notFound'] as const)('says where to get a new link when it is %s', async (kind) => {
    await showSetUp({ setUp: refusing({ kind }) })
    fillAll()
    expect((await screen.findByText(/Jalankan ulang server/)).closest('[role=alert]')).toBeTruthy()
    expect(screen.getByDisplayValue('wati@contoh.go.id')).toBeTruthy()
  })

  it('says that it needs the link when there is none', async () => {
    await showScreen(await appWith({}), 'account', SetUp)
    expect(await screen.findByText(/tautan sekali pakai/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Buat akun' })).toBeNull()
  })
})

describe('sign-in', () => {
  async function signIn(answers: Partial<Link>) {
    await showScreen(await appWith(answers), 'account', SignIn)
    fill('Surel', 'wati@contoh.go.id')
    fill('Kata sandi', 'bukan ini')
    press('Masuk')
  }

  it('says beside the password that it does not match, and keeps the e-mail', async () => {
    await signIn({ signIn: refusing({ kind: 'wrongPassword' }) })
    await waitFor(() => expect(saidBeside('Kata sandi')).toContain('tidak cocok'))
    expect(screen.getByDisplayValue('wati@contoh.go.id')).toBeTruthy()
  })

  it('asks again by itself until it is his turn, and says so meanwhile', async () => {
    let asked = 0
    await signIn({
      signIn: async () =>
        asked++ < 2 ? fail({ kind: 'tooMany', retryAfterMs: 1 }) : fail({ kind: 'wrongPassword' as const }),
    })
    expect(await screen.findByText(/Giliran Anda sebentar lagi/)).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Menunggu giliran …' })).toBeTruthy()
    await waitFor(() => expect(saidBeside('Kata sandi')).toContain('tidak cocok'), { timeout: 30_000 })
    expect(asked).toBe(3)
    expect(screen.queryByText(/Giliran Anda/)).toBeNull()
  })

  it('stops waiting when somebody has enough of it, and says when to come back', async () => {
    await signIn({ signIn: refusing({ kind: 'tooMany', retryAfterMs: 300_000 }) })
    fireEvent.click(await screen.findByRole('button', { name: 'Berhenti menunggu' }))
    expect(await screen.findByText(/belum diperiksa. Coba lagi dalam 5 menit/)).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Masuk' })).toBeTruthy()
  })

  it('works for a turn of its own in a worker, says how far it is, and asks with what it found', async () => {
    const puzzle = { token: 'T', cost: 1024, parts: 3, odds: 4 }
    const { promise: isSeen, resolve: seen } = Promise.withResolvers<void>()
    const solutions: (Solution | undefined)[] = []
    await signIn({
      signIn: async ({ solution }) => {
        solutions.push(solution)
        if (!solution) return fail({ kind: 'tooMany', retryAfterMs: 60_000, puzzle })
        await isSeen
        return fail({ kind: 'wrongPassword' as const })
      },
    })
    expect(await screen.findByRole('button', { name: 'Pemeriksaan keamanan …' })).toBeTruthy()
    expect(await screen.findByRole('progressbar', { name: /Selesai \d dari 3 bagian/ })).toBeTruthy()
    await waitFor(() => expect(solutions).toHaveLength(2), { timeout: 30_000 })
    expect(screen.queryByRole('progressbar')).toBeNull()
    seen()
    await waitFor(() => expect(saidBeside('Kata sandi')).toContain('tidak cocok'))
    const { token = '', guesses = [] } = solutions[1] ?? {}
    const options = { N: puzzle.cost, r: blockSize, p: 1, dkLen: hashBytes }
    const hashes = guesses.map((guess, part) => scrypt(guessBytes({ token, part, guess }), '', options))
    expect(hashes.map((hash) => isHit(hash, puzzle.odds))).toEqual([true, true, true])
  })

  it('stops working when somebody has enough of it', async () => {
    const puzzle = { token: 'T', cost: 1024, parts: 8, odds: 65_536 }
    await signIn({ signIn: refusing({ kind: 'tooMany', retryAfterMs: 60_000, puzzle }) })
    await screen.findByRole('progressbar')
    press('Berhenti menunggu')
    expect(await screen.findByText(/belum diperiksa. Coba lagi dalam 60 detik/)).toBeTruthy()
    expect(screen.queryByRole('progressbar')).toBeNull()
  })

  it('says that the server cannot be reached', async () => {
    await signIn({})
    expect(await screen.findByText(/Server tidak terhubung/)).toBeTruthy()
  })

  it('shows the password on request', async () => {
    await showScreen(await appWith({}), 'account', SignIn)
    expect(screen.getByLabelText('Kata sandi').getAttribute('type')).toBe('password')
    press('Tampilkan')
    await waitFor(() => expect(screen.getByLabelText('Kata sandi').getAttribute('type')).toBe('text'))
  })
})

describe('joining', () => {
  it('sends the code without dashes, spaces and small letters', async () => {
    const codes: (string | undefined)[] = []
    const app = await appWith({
      enrol: async ({ code }) => {
        codes.push(code)
        return fail({ kind: 'used' })
      },
    })
    await showScreen(app, 'join', Join)
    fill('Kode undangan', 'k7qf -2mxa')
    fill('Nama Anda', 'Budi Contoh')
    press('Gabung')
    await waitFor(() => expect(saidBeside('Kode undangan')).toContain('sudah dipakai perangkat lain'))
    expect(codes).toEqual(['K7QF2MXA'])
    expect(screen.getByDisplayValue('k7qf -2mxa')).toBeTruthy()
  })
})
