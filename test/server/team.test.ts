import { describe, expect, test } from 'vitest'
import { newId } from '../../src/server/auth/keys.ts'
import { enrol, makeOps, makePush, type WireOp } from '../support/server.ts'
import { kindOf, openTeamSite, revoke, sessionOf, statusOf } from '../support/teamSite.ts'

describe('the organization', () => {
  test('has its own team: a viewer of everything reads every event, also later ones, and changes none', async () => {
    const { organizer, space, openEvent, invite, push, setRight } = await openTeamSite()
    const auditor = await invite(organizer, 'viewer', '*')
    const later = newId()
    await openEvent(later)
    expect((await sessionOf(auditor)).organizer).toBe(false)
    for (const id of [space, later]) expect(await statusOf(auditor.browser, `/spaces/${id}/pull`)).toBe(200)
    expect(await push(auditor, 1)).toEqual([200, 'parked'])
    expect(await push(auditor, 1, newId())).toEqual([404, undefined])
    expect((await auditor.browser.get('/api/v1/spaces/*/team')).status).toBe(403)
    expect((await setRight(organizer, auditor.device, null, '*')).status).toBe(200)
    expect(await statusOf(auditor.browser, `/spaces/${space}/pull`)).toBe(403)
    expect((await sessionOf(auditor)).ended).toEqual(expect.arrayContaining([space, later]))
  })

  test('is no space: nothing is pushed to it and nothing pulled', async () => {
    const { organizer, space } = await openTeamSite()
    expect((await organizer.browser.get('/api/v1/spaces/*/pull')).status).toBe(404)
    expect(
      (await organizer.browser.post('/api/v1/spaces/*/push', makePush(organizer.device, space, makeOps(1)).request))
        .status,
    ).toBe(404)
  })
})

test('an invitation that was sent to the wrong one is ended by its name, which tells nothing of its code', async () => {
  const { server, organizer, space } = await openTeamSite()
  const path = `/api/v1/spaces/${space}/invites`
  const { code } = await (await organizer.browser.post(path, { role: 'facilitator' })).json()
  const { openInvites } = await (await organizer.browser.get(`/api/v1/spaces/${space}/team`)).json()
  expect(openInvites).toMatchObject([{ role: 'facilitator', createdAt: server.clock.now }])
  expect((await organizer.browser.post(`${path}/${openInvites[0].id}`, { end: true })).status).toBe(200)
  expect((await organizer.browser.post(`${path}/${openInvites[0].id}`, { end: true })).status).toBe(404)
  await expect(enrol(server.openBrowser(), code)).rejects.toThrow('expired')
})

test('an invitation that several use at once lets one in, and tells the others why not', async () => {
  const { server, organizer, space } = await openTeamSite()
  const { code } = await (await organizer.browser.post(`/api/v1/spaces/${space}/invites`, { role: 'viewer' })).json()
  const tries = await Promise.allSettled(Array.from({ length: 4 }, () => enrol(server.openBrowser(), code)))
  const refused = tries.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))
  expect(refused).toEqual(Array(3).fill(expect.stringContaining('used')))
})

test('a device tells how much it has not sent, and the list of the team says so', async () => {
  const { organizer, space, invite } = await openTeamSite()
  const member = await invite(organizer, 'facilitator')
  await member.browser.get('/api/v1/session?unsent=12')
  await member.browser.get('/api/v1/session')
  const { members } = await (await organizer.browser.get(`/api/v1/spaces/${space}/team`)).json()
  expect(members.find((one: { dev: string }) => one.dev === member.device.dev)).toMatchObject({ unsent: 12 })
})

test('a push tells what it leaves unsent, unless it is refused, forked or of an app that does not say', async () => {
  const { organizer, space, invite } = await openTeamSite()
  const { browser, device } = await invite(organizer, 'facilitator')
  const push = async (from: number, said: { unsent?: number }, body?: string) => {
    const ops = makeOps(2, from).map(([n, wall, at, own]): WireOp => [n, wall, at, body ?? own])
    return (await browser.post(`/api/v1/spaces/${space}/push`, { ...makePush(device, space, ops).request, ...said }))
      .status
  }
  const told = async () => {
    const { members } = await (await organizer.browser.get(`/api/v1/spaces/${space}/team`)).json()
    return members.find((one: { dev: string }) => one.dev === device.dev).unsent
  }
  await browser.get('/api/v1/session?unsent=12')
  expect([await push(1, {}), await told()]).toEqual([200, 12])
  expect([await push(3, { unsent: 5 }), await told()]).toEqual([200, 5])
  expect([await push(1, { unsent: 0 }, 'other'), await told()]).toEqual([200, 5])
  expect([await push(0, { unsent: 0 }), await told()]).toEqual([400, 5])
})

test('a device was last seen when it last called, to the minute', async () => {
  const { server, organizer, space, invite, teamOf } = await openTeamSite()
  const member = await invite(organizer, 'facilitator')
  const seenAt = async () => (await teamOf(organizer)).find(({ dev }) => dev === member.device.dev)?.lastSeenAt
  const enrolledAt = server.clock.now
  server.clock.now += 3_600_000
  expect(await seenAt()).toBe(enrolledAt)
  expect(await statusOf(member.browser, `/spaces/${space}/pull`)).toBe(200)
  expect(await seenAt()).toBe(server.clock.now)
  server.clock.now += 59_000
  await member.browser.get('/api/v1/session')
  expect(await seenAt()).toBe(server.clock.now - 59_000)
  server.clock.now += 2_000
  await member.browser.get('/api/v1/session')
  expect(await seenAt()).toBe(server.clock.now)
  /** The server's clock was wrong until now, and is put right. */
  server.clock.now -= 3_600_000
  await member.browser.get('/api/v1/session')
  expect(await seenAt()).toBe(server.clock.now)
})

test("an organizer sees attendees' devices counted, and one by one when he asks", async () => {
  const { server, organizer, space } = await openTeamSite()
  const { code } = await (
    await organizer.browser.post(`/api/v1/spaces/${space}/gate`, { open: newId(), close: null })
  ).json()
  const attendee = await enrol(server.openBrowser(), code)
  const team = await (await organizer.browser.get(`/api/v1/spaces/${space}/team`)).json()
  expect([team.attendeeDevices, team.members.length]).toEqual([1, 1])
  const listed = await (await organizer.browser.get(`/api/v1/spaces/${space}/attendees`)).json()
  expect(listed).toMatchObject({ devices: [{ dev: attendee.dev }], more: false })
})

test('the organization keeps its last organizer, whoever else there is in its events', async () => {
  const { server, organizer, space, invite, change } = await openTeamSite()
  await invite(organizer, 'organizer')
  const account = (await server.deps.store.listMembers('*'))[0]?.subject
  const message = { subject: account, role: null, reason: 'Mutasi' }
  expect(await kindOf(await organizer.browser.post('/api/v1/spaces/*/rights', message))).toEqual([409, 'lastOrganizer'])
  const second = await invite(organizer, 'organizer', '*')
  expect((await second.browser.post('/api/v1/spaces/*/rights', message)).status).toBe(200)
  expect(await statusOf(organizer.browser, `/spaces/${space}/pull`)).toBe(403)
  expect(await kindOf(await change(second, second.device, revoke, '*'))).toEqual([409, 'lastOrganizer'])
})
