import { describe, expect, test } from 'vitest'
import { isSignedIn, openAccountSite, signIn, statusAndKind } from '../support/accountSite.ts'
import { type Browser, enrol, organizer } from '../support/server.ts'
import { eachStore } from '../support/stores.ts'

const { email, password } = organizer

describe.each(eachStore())('sessions on %s', (_, open) => {
  describe('a session', () => {
    test('is worth nothing beside another device’s credential, or beside none', async () => {
      const { server, own, openSecond } = await openAccountSite(open)
      const thief = server.openBrowser()
      thief.cookies.set('hadir_session', own.cookies.get('hadir_session') ?? '')
      expect(await isSignedIn(thief)).toBe(false)
      const second = await openSecond()
      thief.cookies.set('hadir_device', second.cookies.get('hadir_device') ?? '')
      expect(await isSignedIn(thief)).toBe(false)
      thief.cookies.set('hadir_device', own.cookies.get('hadir_device') ?? '')
      expect(await isSignedIn(thief)).toBe(true)
    })

    test('has a token that the database does not hold', async () => {
      const { server, own } = await openAccountSite(open)
      const { db } = server.deps.store.accounts
      const rows = await db
        .selectFrom('session' as 'devices')
        .selectAll()
        .execute()
      expect(rows.length).toBe(1)
      expect(JSON.stringify(rows)).not.toContain(own.cookies.get('hadir_session'))
    })

    test('is never one that was there before signing in, which ends', async () => {
      const { server } = await openAccountSite(open)
      const victim = server.openBrowser()
      victim.cookies.set('hadir_session', 'planted-by-somebody-else-0000000000000000000')
      await signIn(victim)
      const first = victim.cookies.get('hadir_session') ?? ''
      expect(first).not.toContain('planted')
      await signIn(victim)
      expect(victim.cookies.get('hadir_session')).not.toBe(first)
      const attacker = server.openBrowser()
      attacker.cookies.set('hadir_session', first)
      expect(await isSignedIn(attacker)).toBe(false)
    })

    test('that no device took on within an hour is over', async () => {
      const { server } = await openAccountSite(open)
      const browser = server.openBrowser()
      await signIn(browser)
      expect(await isSignedIn(browser)).toBe(true)
      server.clock.now += 3_600_001
      expect(await isSignedIn(browser)).toBe(false)
    })

    test('is not begun on a device that holds another person’s work', async () => {
      const { openSpace, openMember } = await openAccountSite(open)
      const { space, invite } = await openSpace()
      const sari = await openMember(space, await invite('facilitator'), 'sari@contoh.example')
      expect(await statusAndKind(await signIn(sari))).toEqual([409, 'otherAccount'])
    })
  })

  describe('signing out elsewhere', () => {
    const devicesOf = async (browser: Browser) => (await (await browser.get('/api/v1/account')).json()).devices

    test('ends another device’s session and credential, which its key alone does not bring back', async () => {
      const { server, own } = await openAccountSite(open)
      const other = server.openBrowser()
      await signIn(other)
      const device = await enrol(other)
      expect(await devicesOf(own)).toMatchObject([{ isThis: true }, { dev: device.dev, isThis: false, signedIn: true }])
      expect((await own.post('/api/v1/account/sign-outs', { device: device.dev })).status).toBe(200)
      expect(await (await other.get('/api/v1/session')).json()).toMatchObject({ account: null, device: null })
      expect((await other.get('/api/v1/events')).status).toBe(401)
      expect(await devicesOf(own)).toMatchObject([{ isThis: true }])
      await expect(enrol(other, undefined, device)).rejects.toThrow('unauthorized')
      await signIn(other)
      await enrol(other, undefined, device)
      expect(await devicesOf(own)).toHaveLength(2)
    })

    test('reaches nobody else’s device, nor this one', async () => {
      const { own, openSpace, openMember } = await openAccountSite(open)
      const { space, invite } = await openSpace()
      const sari = await openMember(space, await invite('facilitator'), 'sari@contoh.example')
      const [theirs] = await devicesOf(sari)
      const [mine] = (await devicesOf(own)).filter(({ isThis }: { isThis: boolean }) => isThis)
      for (const { dev } of [theirs, mine])
        expect((await own.post('/api/v1/account/sign-outs', { device: dev })).status).toBe(404)
      expect(await isSignedIn(sari)).toBe(true)
    })

    test('comes with a new password, which takes the old one', async () => {
      const { server, own, openSecond } = await openAccountSite(open)
      const other = await openSecond()
      const change = (current: string, next: string) =>
        own.post('/api/v1/account/password', { current, password: next })
      expect(await statusAndKind(await change('salah-semuanya', 'kata sandi yang baru'))).toEqual([
        401,
        'wrongPassword',
      ])
      expect(await statusAndKind(await change(password, 'password123'))).toEqual([400, 'weakPassword'])
      const before = own.cookies.get('hadir_session')
      expect((await change(password, 'kata sandi yang baru')).status).toBe(200)
      expect(await isSignedIn(own)).toBe(true)
      expect(own.cookies.get('hadir_session')).not.toBe(before)
      expect(await isSignedIn(other)).toBe(false)
      expect((await signIn(server.openBrowser())).status).toBe(401)
      const renewed = { email, password: 'kata sandi yang baru' }
      expect((await signIn(server.openBrowser(), renewed)).status).toBe(200)
    })

    test('by a new password or a reset code is in the history, with the device that it ended on', async () => {
      const { server, own, openSpace, openMember } = await openAccountSite(open)
      const { store } = server.deps
      const endedOn = async () =>
        (await store.audit.read({ most: 100 })).flatMap(({ kind, about }) => (kind === 'sessionEnded' ? [about] : []))
      const second = server.openBrowser()
      await signIn(second)
      const { dev } = await enrol(second)
      const before = await store.audit.lastEnding()
      await own.post('/api/v1/account/password', { current: password, password: 'kata sandi yang baru' })
      expect(await endedOn()).toEqual([`device:${dev}`])
      expect(await store.audit.lastEnding()).toBeGreaterThan(before)
      const { space, invite } = await openSpace()
      const sari = await openMember(space, await invite('viewer'), 'sari@contoh.example')
      const [theirs] = await devicesOf(sari)
      const { code } = await (await own.post('/api/v1/reset-codes', { email: 'sari@contoh.example' })).json()
      const reset = { email: 'sari@contoh.example', code, password: 'kalimat yang lebih baru' }
      expect((await server.openBrowser().post('/api/v1/reset', reset)).status).toBe(200)
      expect(await endedOn()).toEqual([`device:${theirs.dev}`, `device:${dev}`])
    })
  })

  test('who joined by a code takes his rights along into an account, once', async () => {
    const { server, openSpace, openMember } = await openAccountSite(open)
    const { space, invite } = await openSpace()
    const sari = await openMember(space, await invite('viewer'), 'sari@contoh.example')
    const second = server.openBrowser()
    await signIn(second, { email: 'sari@contoh.example', password: 'sebuah kalimat sandi' })
    await enrol(second)
    for (const browser of [sari, second])
      expect((await (await browser.get('/api/v1/session')).json()).spaces).toMatchObject([{ space, role: 'viewer' }])
    const again = { name: 'Sari', email: 'lagi@contoh.example', password: 'sebuah kalimat sandi' }
    expect(await statusAndKind(await sari.post(`/api/v1/spaces/${space}/account`, again))).toEqual([409, 'used'])
    const other = server.openBrowser()
    await enrol(other, await invite('viewer'))
    const taken = await other.post(`/api/v1/spaces/${space}/account`, { ...again, email })
    expect(await statusAndKind(taken)).toEqual([409, 'emailTaken'])
  })
})
