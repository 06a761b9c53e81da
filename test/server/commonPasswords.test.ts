import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { passwordProblem } from '../../src/core/password.ts'
import { isCommon, listPath } from '../../src/server/auth/commonPasswords.ts'
import { makeServer, organizer } from '../support/server.ts'

/** Some from the list's beginning, and from its end one that the app itself lets pass. */
const leaked = ['4815162342', '12345qwert', 'basketball', 'manchester', 'Soso123aljg']

test('the 3,000 most common passwords that are long enough are known, in any case, and a sentence is not', () => {
  expect(readFileSync(listPath)).toHaveLength(3_000 * 6)
  for (const password of leaked) {
    expect([password, isCommon(password)]).toEqual([password, true])
    expect(isCommon(password.toUpperCase())).toBe(true)
  }
  for (const password of [organizer.password, 'kuda baterai stapler', 'manchester di musim hujan', ''])
    expect([password, isCommon(password)]).toEqual([password, false])
})

test('an account with one of them is not made', async () => {
  const server = await makeServer()
  const token = server.deps.setup.issue(server.clock.now)
  const setUp = (password: string) => server.openBrowser().post('/api/v1/setup', { token, ...organizer, password })
  expect(passwordProblem('Soso123aljg')).toBeUndefined()
  const refused = await setUp('Soso123aljg')
  expect([refused.status, (await refused.json()).kind]).toEqual([400, 'weakPassword'])
  expect((await setUp(organizer.password)).status).toBe(200)
})
