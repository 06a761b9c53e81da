import { expect, test } from 'vitest'
import type { AuditAnswer } from '../../src/protocol/audit.ts'
import { organizer as account } from '../support/server.ts'
import { type Caller, openTeamSite, revoke } from '../support/teamSite.ts'

type Site = Awaited<ReturnType<typeof openTeamSite>>
const read = async ({ browser }: Caller, space: string, query = ''): Promise<AuditAnswer> =>
  (await browser.get(`/api/v1/spaces/${space}/audit${query}`)).json()

/** Who joined by a code and has an account since. */
async function openMember({ organizer, space, invite }: Site) {
  const member = await invite(organizer, 'facilitator')
  const person = { name: 'Sari Contoh', email: 'sari@contoh.example', password: 'sebuah kalimat sandi' }
  expect((await member.browser.post(`/api/v1/spaces/${space}/account`, person)).status).toBe(200)
  return { ...member, person }
}

test('the history names the accounts in it: who signed in on a new browser, and whose right was ended', async () => {
  const site = await openTeamSite()
  const { server, organizer, space, teamOf } = site
  const { device, person } = await openMember(site)
  const { subject = '' } = (await teamOf(organizer)).find(({ dev }) => dev === device.dev) ?? {}
  const ending = { subject, role: null, reason: 'Pindah tugas' }
  expect((await organizer.browser.post(`/api/v1/spaces/${space}/rights`, ending)).status).toBe(200)
  const { email, password } = account
  expect((await server.openBrowser().post('/api/v1/sign-in', { email, password })).status).toBe(200)

  const all = await read(organizer, '*')
  const nameOf = ({ accounts }: AuditAnswer, id: string | null | undefined) =>
    accounts.find((one) => one.account === id)?.name
  const signedIn = all.entries.find(({ kind }) => kind === 'signedIn')
  expect([signedIn?.dev, nameOf(all, signedIn?.account)]).toEqual([null, account.name])
  const own = await read(organizer, space)
  const [ended] = own.entries
  expect([ended?.kind, ended?.about]).toEqual(['grantEnded', subject])
  expect(nameOf(own, subject.replace('account:', ''))).toBe(person.name)
  expect(own.accounts.map(({ name }) => name).sort()).toEqual([account.name, person.name].sort())
})

test('of one device it tells what was done by it and to it, and of an event nothing else', async () => {
  const { organizer, space, invite, setRight, change } = await openTeamSite()
  const [member, other] = [await invite(organizer, 'facilitator'), await invite(organizer, 'viewer')]
  await change(organizer, member.device, { change: 'rename', name: 'Ponsel pinjaman' })
  await setRight(organizer, other.device, null)
  await change(organizer, member.device, revoke, '*')
  const kindsIn = async (where: string) =>
    (await read(organizer, where, `?about=device:${member.device.dev}`)).entries.map(({ kind }) => kind)
  expect(await kindsIn(space)).toEqual(['deviceRenamed', 'enrolled', 'inviteUsed'])
  expect(await kindsIn('*')).toEqual(['deviceRevoked', 'deviceRenamed', 'enrolled', 'inviteUsed'])
  expect((await organizer.browser.get(`/api/v1/spaces/${space}/audit?about=ponsel`)).status).toBe(400)
})

test('another name of an account is a line of its own, and the same name again is none', async () => {
  const site = await openTeamSite()
  const { device, browser } = await openMember(site)
  for (const name of ['Sari Umpama', 'Sari Umpama'])
    expect((await browser.post('/api/v1/account/name', { name })).status).toBe(200)
  const { entries, accounts } = await read(site.organizer, '*')
  const renamed = entries.filter(({ kind }) => kind === 'accountRenamed')
  expect(renamed.map(({ dev, about, account: id }) => [dev, about === `account:${id}`])).toEqual([[device.dev, true]])
  expect(accounts).toContainEqual({ account: renamed[0]?.account, name: 'Sari Umpama' })
})

test('that it is taken out as a file is a line of it, by whoever may read it and nobody else', async () => {
  const { server, organizer, space, invite } = await openTeamSite()
  const [auditor, member] = [await invite(organizer, 'viewer'), await invite(organizer, 'facilitator')]
  const take = ({ browser }: Caller, where: string, format = 'csv') =>
    browser.post(`/api/v1/spaces/${where}/audit`, { format }).then(({ status }) => status)
  expect([await take(organizer, '*', 'xlsx'), await take(auditor, space)]).toEqual([200, 200])
  expect([await take(auditor, '*'), await take(member, space), await take(organizer, '*', 'pdf')]).toEqual([
    ...[403, 403, 400],
  ])
  const [last, first] = await server.deps.store.audit.read({ most: 2 })
  expect(last).toMatchObject({ kind: 'exported', space, dev: auditor.device.dev, detail: { format: 'csv' } })
  expect(first).toMatchObject({ kind: 'exported', space: '*', dev: organizer.device.dev, detail: { format: 'xlsx' } })
})
