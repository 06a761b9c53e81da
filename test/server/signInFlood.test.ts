import { expect, onTestFinished, test } from 'vitest'
import type { Puzzle, Solution } from '../../src/core/puzzle.ts'
import type { SignInRequest } from '../../src/protocol/account.ts'
import { newId } from '../../src/server/auth/keys.ts'
import { isSignedIn, signIn } from '../support/accountSite.ts'
import { createAuthenticator } from '../support/authenticator.ts'
import { clientId, clientSecret, startIdentityProvider } from '../support/identityProvider.ts'
import { solvePuzzle } from '../support/puzzle.ts'
import {
  addressOf,
  type Browser,
  browserOf,
  enrol,
  makeDist,
  makeOps,
  makePush,
  makeServer,
  openOrganizer,
  organizer,
  startProcess,
  temporaryFolder,
} from '../support/server.ts'

const { email, password } = organizer
const strangers = 45

/** A server as its users start it, behind a proxy that says from where somebody calls, with its first organizer. */
async function openSite() {
  const server = startProcess({
    ...{ HADIR_DIST: makeDist(), HADIR_DATA: temporaryFolder(), HADIR_PROXIES: '1', LOG_LEVEL: 'error' },
  })
  onTestFinished(async () => {
    server.process.kill('SIGKILL')
    await server.ended
  })
  const url = await addressOf(server)
  const openBrowser = (address: string) =>
    browserOf((path, init) => {
      const headers = new Headers(init.headers)
      headers.set('X-Forwarded-For', address)
      return fetch(url + path, { ...init, headers })
    })
  const token = /siapkan#(\S+)/.exec(server.output())?.[1]
  expect((await openBrowser('192.0.2.1').post('/api/v1/setup', { token, ...organizer })).status).toBe(200)
  return { openBrowser }
}

test('a flood from everywhere, his own address too, lets in who has the password on a new device, in some rounds', async () => {
  const { openBrowser } = await openSite()
  let isOver = false
  let turnsTaken = 0
  let sentAway = 0
  async function flood(address: string): Promise<void> {
    const browser = openBrowser(address)
    while (!isOver) {
      const { status } = await browser.post('/api/v1/sign-in', { email: `${newId()}@contoh.example`, password })
      if (status === 401) turnsTaken++
      else sentAway++
    }
  }
  const village = '198.51.100.7'
  const flooding = [
    ...Array.from({ length: strangers }, (_, i) => flood(`203.0.113.${i}`)),
    ...Array.from({ length: 5 }, () => flood(village)),
  ]
  /** How many strangers had their turn before this person, who asks again after some of them each time. */
  async function turnsBefore(address: string): Promise<number> {
    const [browser, from] = [openBrowser(address), turnsTaken]
    while (turnsTaken - from < 6 * strangers) {
      const { status } = await browser.post('/api/v1/sign-in', { email, password })
      if (status === 200) break
      expect(status).toBe(429)
      const asked = turnsTaken
      await expect.poll(() => turnsTaken - asked, { timeout: 60_000 }).toBeGreaterThan(9)
    }
    return turnsTaken - from
  }
  await expect.poll(() => sentAway, { timeout: 60_000 }).toBeGreaterThan(strangers)
  const [elsewhere, inVillage] = await Promise.all([turnsBefore('192.0.2.77'), turnsBefore(village)])
  isOver = true
  await Promise.all(flooding)
  expect(elsewhere).toBeLessThan(2 * strangers)
  expect(inVillage).toBeLessThan(4 * strangers)
}, 240_000)

test('a stranger behind his address who aims at his account cannot keep out who has the password, on a new device', async () => {
  const { openBrowser } = await openSite()
  const village = '198.51.100.7'
  const ask = (given: SignInRequest) => openBrowser(village).post('/api/v1/sign-in', given)
  const guess = { email, password: 'bukan kata sandinya' }
  const puzzleOf = async (answer: Response): Promise<Puzzle | undefined> => (await answer.json()).puzzle
  const answers = { wait: 0, looked: 0 }
  let isOver = false
  let solved: Solution | undefined

  /** Takes each free try as soon as there is one, and a place in every line. */
  async function snatch(): Promise<void> {
    while (!isOver) {
      if ((await ask(guess)).status === 429) answers.wait++
    }
  }
  /** Sends guesses that fit nothing for puzzles that are ours, and a solution that was used before. */
  async function garble(): Promise<void> {
    while (!isOver) {
      const puzzle = await puzzleOf(await ask(guess))
      if (!puzzle) continue
      const guesses = Array.from({ length: puzzle.parts }, () => 7)
      for (const solution of solved ? [{ token: puzzle.token, guesses }, solved] : [])
        if (await puzzleOf(await ask({ ...guess, solution }))) answers.looked++
    }
  }
  const flooding = [...Array.from({ length: 45 }, snatch), ...Array.from({ length: 50 }, garble)]
  await expect.poll(() => answers.wait, { timeout: 60_000 }).toBeGreaterThan(100)

  let solutions = 0
  /** As the app does it (client/sync/turn.ts), without the pauses, until it has worked for six solutions. */
  async function enter(given: SignInRequest): Promise<number> {
    let solution: Solution | undefined
    for (;;) {
      const answer = await ask({ ...given, solution })
      if (answer.status !== 429 || solutions === 6) return answer.status
      const puzzle = await puzzleOf(answer)
      if (!puzzle) continue
      solution = await solvePuzzle(puzzle)
      solved ??= solution
      solutions++
    }
  }
  expect(await enter(guess)).toBe(401)
  await expect.poll(() => answers.looked, { timeout: 60_000 }).toBeGreaterThan(10)
  expect(await enter({ email, password })).toBe(200)
  isOver = true
  await Promise.all(flooding)
}, 240_000)

test('a passkey, the provider, a one-time code and an invitation need no turn, whatever strangers have used up', async () => {
  const publicUrl = 'https://hadir.contoh.example'
  const provider = await startIdentityProvider()
  onTestFinished(async () => {
    await provider.stop()
  })
  provider.state.redirectUri = `${publicUrl}/api/v1/sso/return`
  const oidc = { issuer: provider.issuer, clientId, clientSecret, name: 'SSO Contoh' }
  const server = await makeServer(undefined, undefined, 0, undefined, { publicUrl, oidc })
  const { browser: own, device } = await openOrganizer(server)
  const { deps, clock, openBrowser } = server
  const at = `/api/v1/spaces/${newId()}`
  await own.post(`${at}/push`, makePush(device, at.slice(-22), makeOps(1)).request)
  const invite = async () => (await (await own.post(`${at}/invites`, { role: 'facilitator' })).json()).code
  const ceremonyFrom = async (browser: Browser, path: string) => ({
    ...(await (await browser.post(`/api/v1${path}/passkey-challenge`, {})).json()),
    origin: publicUrl,
  })
  const authenticator = createAuthenticator()
  const made = authenticator.make(await ceremonyFrom(own, '/account'))
  expect((await own.post('/api/v1/account/passkeys', { name: 'Ponsel', ...made })).status).toBe(200)
  const [member, sari] = [openBrowser(), 'sari@contoh.example']
  await enrol(member, await invite())
  await member.post(`${at}/account`, { name: 'Sari Contoh', email: sari, password: 'sebuah kalimat sandi' })

  const standsStill = () => new Promise<never>(() => undefined)
  for (let i = 0; i < 50; i++) {
    void deps.turns({ place: { address: `${i}` }, email }, standsStill)
    void deps.turns({ place: { device: `${i}` }, email }, standsStill)
  }
  for (const account of [email, sari])
    for (let i = 0; i < 200; i++) await deps.tries.take(account, { address: i < 9 ? 'unknown' : `${i}` }, clock.now)
  for (const what of ['reset', 'gate']) await deps.guesses.take(what, 1_000_000)
  expect((await signIn(openBrowser())).status).toBe(429)

  const byKey = openBrowser()
  const signed = authenticator.get(await ceremonyFrom(byKey, '/sign-in'))
  expect((await byKey.post('/api/v1/sign-in/passkey', signed)).status).toBe(200)

  const byProvider = openBrowser()
  provider.state.citizen = { sub: '7', name: organizer.name, email, email_verified: true }
  const { url } = await (await byProvider.post('/api/v1/sso', { for: 'signIn' })).json()
  const back = new URL(provider.visit(url))
  await byProvider.get(back.pathname + back.search)
  expect(await isSignedIn(byProvider)).toBe(true)

  const byCode = openBrowser()
  const { code } = await (await own.post('/api/v1/reset-codes', { email: sari })).json()
  const reset = { email: sari, code, password: 'kalimat yang lebih baru' }
  expect((await byCode.post('/api/v1/reset', reset)).status).toBe(200)

  const byInvitation = openBrowser()
  await enrol(byInvitation, await invite())
  const joined = { name: 'Budi Contoh', email: 'budi@contoh.example', password: 'sebuah kalimat sandi' }
  expect((await byInvitation.post(`${at}/account`, joined)).status).toBe(200)
  expect(await isSignedIn(byInvitation)).toBe(true)
})
