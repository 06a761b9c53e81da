import { cleanup, fireEvent, screen } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { Team } from '../../src/client/ui/screens/team/Team.tsx'
import { fail, ok } from '../../src/core/result.ts'
import type { TeamAnswer } from '../../src/protocol/invite.ts'
import { bootApp, createTestLink, organizerDatabase, showScreen } from '../support/app.tsx'
import { openEvent } from '../support/event.tsx'

afterEach(cleanup)

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
      { members: [], openInvites: [open], attendeeDevices: 0, parked: 0, full: 0 },
      { members: [member], openInvites: [], attendeeDevices: 0, parked: 0, full: 0 },
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
    const link = createTestLink({ invite: async () => ok({ code: 'K7QF-2MXA', expiresAt }) })
    const app = await bootApp(await organizerDatabase(), link)
    const { space } = await openEvent(app, [])
    await showScreen(app, 'team', Team, { space: space.id })
    fireEvent.click(await screen.findByRole('button', { name: 'Buat kode undangan' }))
    const code = await screen.findByRole('img', { name: /Kode QR/ })
    const bar = document.querySelector('.screen-actions')?.getBoundingClientRect().top ?? 0
    await expect.poll(() => code.getBoundingClientRect().bottom).toBeLessThanOrEqual(bar)
    expect(code.getBoundingClientRect().top).toBeGreaterThanOrEqual(0)
  })
})
