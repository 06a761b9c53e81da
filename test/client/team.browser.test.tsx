import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact'
import * as v from 'valibot'
import { afterEach, describe, expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { Team } from '../../src/client/ui/screens/team/Team.tsx'
import { fail, ok } from '../../src/core/result.ts'
import type { TeamAnswer } from '../../src/protocol/invite.ts'
import { bootApp, createTestLink, organizerDatabase, showScreen } from '../support/app.tsx'
import { openEvent } from '../support/event.tsx'

afterEach(() => {
  cleanup()
  localStorage.removeItem('hadir.address')
})

const expiresAt = Date.UTC(2026, 10, 25, 1)
const open = { id: 'I'.repeat(22), role: 'facilitator' as const, createdAt: 0, expiresAt }
const member = {
  subject: `device:${'A'.repeat(22)}`,
  everywhere: false,
  since: 0,
  unsent: 0,
  dev: 'A'.repeat(22),
  holder: 'Budi Contoh',
  deviceName: 'Ponsel Contoh',
  role: 'facilitator' as const,
  enrolledAt: 0,
  lastSeenAt: 0,
}

describe('the team of an event', () => {
  it('shows who joins while the page is open, and keeps that while the server cannot be reached', async () => {
    const answers: (TeamAnswer | undefined)[] = [
      { members: [], openInvites: [open], revoked: [], attendeeDevices: 0, parked: 0, full: 0 },
      { members: [member], openInvites: [], revoked: [], attendeeDevices: 0, parked: 0, full: 0 },
      undefined,
    ]
    const link = createTestLink({
      team: async () => {
        const answer = answers.length > 1 ? answers.shift() : answers[0]
        return answer ? ok(answer) : fail({ kind: 'offline' })
      },
    })
    const app = await bootApp(await organizerDatabase(), link)
    const { space } = await openEvent(app, [])
    await showScreen(app, 'team', Team, { space: space.id })
    await screen.findByText('1 undangan menunggu dipakai.')
    await screen.findByText('Budi Contoh', {}, { timeout: 15_000 })
    await screen.findByText(/Server tidak terhubung/, {}, { timeout: 15_000 })
    expect(screen.getByText('Budi Contoh')).toBeTruthy()
  })

  it('shows a whole code on a laptop', async () => {
    await page.viewport(1280, 800)
    const link = createTestLink({ invite: async () => ok({ code: 'K7QF-2MXA-9BTD', expiresAt }) })
    const app = await bootApp(await organizerDatabase(), link)
    const { space } = await openEvent(app, [])
    await showScreen(app, 'team', Team, { space: space.id })
    fireEvent.click(await screen.findByRole('button', { name: 'Buat kode undangan' }))
    const code = await screen.findByRole('img', { name: /Kode QR/ })
    await expect.poll(() => code.getBoundingClientRect().bottom).toBeLessThanOrEqual(innerHeight)
    expect(code.getBoundingClientRect().top).toBeGreaterThanOrEqual(0)
  })

  it('says until when a code is valid in the time of the event, wherever the browser is', async () => {
    const answer: TeamAnswer = {
      ...{ members: [], openInvites: [open], revoked: [], attendeeDevices: 0, parked: 0, full: 0 },
    }
    const app = await bootApp(await organizerDatabase(), createTestLink({ team: async () => ok(answer) }))
    const { space } = await openEvent(app, [])
    await showScreen(app, 'team gate', Team, { space: space.id })
    await screen.findByText('Dibuat Kam 1 Jan 08.00 WITA, berlaku sampai Rab 25 Nov 09.00 WITA')
  })

  it('leads phones to the address of the server, which on its own machine is asked', async () => {
    const link = createTestLink({ invite: async () => ok({ code: 'K7QF-2MXA-9BTD', expiresAt }) })
    const app = await bootApp(await organizerDatabase(), link)
    const { space } = await openEvent(app, [])
    await showScreen(app, 'team gate', Team, { space: space.id })
    fireEvent.click(await screen.findByRole('button', { name: 'Buat kode undangan' }))
    fireEvent.input(await screen.findByLabelText('Alamat server di jaringan ini'), {
      target: { value: '192.168.1.7:8080' },
    })
    await screen.findByText('Ketik di 192.168.1.7:8080/gabung atau pindai:')
  })

  it('tells what waits, and revokes a lost phone only with a reason, or says why the server refused', async () => {
    const asked: [string, unknown][] = []
    const answers = [fail({ kind: 'lastOrganizer' as const }), ok({ done: true as const })]
    const team = { openInvites: [], revoked: [], attendeeDevices: 0, parked: 2, full: 3 }
    const link = createTestLink({
      team: async () => ok({ ...team, members: answers.length > 0 ? [member] : [] }),
      ask: async (schema, _method, path, body) => {
        asked.push([path, body])
        const answer = answers.shift() ?? fail({ kind: 'offline' as const })
        return answer.ok ? ok(v.parse(schema, answer.value)) : answer
      },
    })
    const app = await bootApp(await organizerDatabase(), link)
    const { space } = await openEvent(app, [])
    await showScreen(app, 'team', Team, { space: space.id })
    await screen.findByText(/Ponsel 3 peserta sudah mengirim sebanyak/)
    expect((await screen.findByText('Periksa karantina')).getAttribute('href')).toBe(`/kegiatan/${space.id}/karantina`)
    fireEvent.click(await screen.findByText('Cabut akses perangkat ini', { selector: 'summary' }))
    await screen.findByLabelText('Alasan')
    const revoke = () => fireEvent.click(screen.getByRole('button', { name: 'Cabut akses perangkat ini' }))
    revoke()
    await screen.findByText('Tuliskan alasannya.')
    expect(asked).toEqual([])
    fireEvent.input(screen.getByLabelText('Alasan'), { target: { value: 'Ponsel hilang' } })
    revoke()
    await screen.findByText(/penyelenggara organisasi yang terakhir/)
    revoke()
    await waitFor(() => expect(asked).toHaveLength(2))
    const request = { change: 'revoke', reason: 'Ponsel hilang' }
    expect(asked[1]).toEqual([`/spaces/${space.id}/devices/${member.dev}`, request])
    const said = await screen.findByText('Akses Ponsel Contoh sudah dicabut.')
    expect(said.closest('[role=status]')).toBeTruthy()
    await waitFor(() => expect(screen.queryByText('Budi Contoh')).toBeNull())
  })

  it('gives another role and ends a right, each with a reason, and says so', async () => {
    const asked: [string, unknown][] = []
    const team = { openInvites: [], revoked: [], attendeeDevices: 0, parked: 0, full: 0, members: [member] }
    const link = createTestLink({
      team: async () => ok(team),
      ask: async (schema, _method, path, body) => {
        asked.push([path, body])
        return ok(v.parse(schema, { done: true }))
      },
    })
    const app = await bootApp(await organizerDatabase(), link)
    const { space } = await openEvent(app, [])
    await showScreen(app, 'team', Team, { space: space.id })
    const press = async (summary: string, action: string, reason: string) => {
      const opened = (await screen.findByText(summary, { selector: 'summary' })).closest('details')
      if (!opened) throw new Error(summary)
      fireEvent.click(within(opened).getByText(summary, { selector: 'summary' }))
      fireEvent.click(await within(opened).findByRole('button', { name: action }))
      await within(opened).findByText('Tuliskan alasannya.')
      for (const radio of within(opened).queryAllByRole('radio', { name: /^Pengamat/ })) fireEvent.click(radio)
      fireEvent.input(within(opened).getByLabelText('Alasan'), { target: { value: reason } })
      fireEvent.click(within(opened).getByRole('button', { name: action }))
    }
    await press('Ubah peran', 'Simpan peran', 'Menjadi pemeriksa')
    await screen.findByText('Peran Budi Contoh sekarang: Pengamat.')
    await press('Akhiri akses orang ini', 'Akhiri akses orang ini', 'Pindah tugas')
    await screen.findByText('Akses Budi Contoh sudah diakhiri.')
    const path = `/spaces/${space.id}/rights`
    expect(asked).toEqual([
      [path, { subject: member.subject, role: 'viewer', reason: 'Menjadi pemeriksa' }],
      [path, { subject: member.subject, role: null, reason: 'Pindah tugas' }],
    ])
  })

  it('leads from who has an account, and from nobody else, to a code for a new password', async () => {
    const other = { ...member, subject: 'account:b1', dev: 'B'.repeat(22), holder: 'Siti Umpama' }
    const answer = { members: [member, other], openInvites: [], revoked: [], attendeeDevices: 0, parked: 0, full: 0 }
    const app = await bootApp(await organizerDatabase(), createTestLink({ team: async () => ok(answer) }))
    const { space } = await openEvent(app, [])
    await showScreen(app, 'team', Team, { space: space.id })
    const links = await screen.findAllByRole('link', { name: 'Buat kode untuk kata sandi baru' })
    expect(links.map((link) => link.getAttribute('href'))).toEqual(['/kode-sandi'])
    expect(links[0]?.closest('.member')?.querySelector('strong')?.textContent).toBe('Siti Umpama')
  })

  it('tells which revoked devices have not handed over what they had', async () => {
    const device = { holder: 'Budi Contoh', revokedAt: 0, lastSeenAt: 0, unsent: 4 }
    const revoked = [
      { ...device, dev: 'C'.repeat(22), deviceName: 'Ponsel Hilang', handedOver: false },
      { ...device, dev: 'D'.repeat(22), deviceName: 'Ponsel Lama', handedOver: true },
    ]
    const answer = { members: [], openInvites: [], revoked, attendeeDevices: 0, parked: 0, full: 0 }
    const app = await bootApp(await organizerDatabase(), createTestLink({ team: async () => ok(answer) }))
    const { space } = await openEvent(app, [])
    await showScreen(app, 'team', Team, { space: space.id })
    const rowOf = async (name: RegExp) => (await screen.findByText(name)).closest('li')?.textContent
    expect(await rowOf(/^Ponsel Hilang/)).toMatch(/belum menyerahkan data.*4 belum terkirim/)
    expect(await rowOf(/^Ponsel Lama/)).toMatch(/sudah diserahkan/)
    expect(await rowOf(/^Ponsel Lama/)).not.toMatch(/belum terkirim/)
  })
})
