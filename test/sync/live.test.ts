import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { savePerson } from '../../src/client/state/people.ts'
import { createLive } from '../../src/client/sync/live.ts'
import { createFacilitator, createOrganizer, createServer, type Device, type Server } from './world.ts'

describe('[S12] a hint', () => {
  let server: Server
  let organizer: Awaited<ReturnType<typeof createOrganizer>>
  let siti: Device

  beforeEach(async () => {
    server = await createServer()
    organizer = await createOrganizer(server)
    siti = await createFacilitator(server, organizer.device, organizer.space, 'Siti')
    await siti.sync()
  })
  afterEach(async () => {
    for (const device of [organizer.device, siti]) device.engine.stop()
    await server.stop()
  })

  async function rowOf(device: Device) {
    const row = await device.db.spaces.get(organizer.space)
    if (!row) throw new Error('not held')
    return row
  }

  it('makes a device read what it does not hold, and nothing else', async () => {
    await savePerson(organizer.opened, 'AAAAAAAAAAAAAAAAAAAAAA', { name: 'Ani Contoh', invited: true })
    await organizer.device.sync()
    const { space } = organizer
    const { epoch, head } = await rowOf(organizer.device)
    const before = siti.net.calls
    siti.engine.hear([{ space, epoch, head }])
    await expect.poll(async () => (await rowOf(siti)).seq).toBe(head)
    expect(siti.net.calls - before).toBe(1)
    siti.engine.hear([{ space, epoch, head }])
    siti.engine.hear([{ space: 'BBBBBBBBBBBBBBBBBBBBBB', epoch, head }])
    await siti.sync()
    /** The round that was asked for by hand reads the space once; the hints asked nothing. */
    expect(siti.net.calls - before).toBe(2)
  })

  it('of another epoch makes a device look, also when the log is no longer than its own', async () => {
    const { space } = organizer
    const { head } = await rowOf(siti)
    const before = siti.net.calls
    siti.engine.hear([{ space, epoch: 'CCCCCCCCCCCCCCCCCCCCCC', head }])
    await expect.poll(() => siti.net.calls - before).toBe(1)
  })
})

describe('the stream of hints', () => {
  type Line = { say: (data: string) => void; end: () => void; closed: boolean }
  let lines: Line[]
  let wanted: boolean
  let said: string[]

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    lines = []
    said = []
    wanted = true
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const create = () =>
    createLive({
      open: (say, end) => {
        const line = { say, end, closed: false }
        lines.push(line)
        return {
          close: () => {
            line.closed = true
          },
        }
      },
      isWanted: () => wanted,
      onHints: (hints) => said.push(`${hints.length} hints`),
      onLive: (isLive) => said.push(isLive ? 'live' : 'not live'),
      random: () => 1,
    })
  const hint = `[{"space":"${'A'.repeat(22)}","epoch":"${'B'.repeat(22)}","head":3}]`

  it('counts as live from its first word, and a beat is no hint', () => {
    create().check()
    expect(said).toEqual([])
    lines[0]?.say('[]')
    lines[0]?.say(hint)
    expect(said).toEqual(['live', '1 hints'])
  })

  it('that falls silent is opened anew', async () => {
    create().check()
    lines[0]?.say('[]')
    await vi.advanceTimersByTimeAsync(50_000)
    expect([lines[0]?.closed, said]).toEqual([true, ['live', 'not live']])
    await vi.advanceTimersByTimeAsync(2_000)
    expect(lines).toHaveLength(2)
  })

  it('that is refused is tried ever more rarely, at least every minute', async () => {
    create().check()
    for (const waitMs of [2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]) {
      lines.at(-1)?.end()
      const before = lines.length
      await vi.advanceTimersByTimeAsync(waitMs - 1)
      expect(lines).toHaveLength(before)
      await vi.advanceTimersByTimeAsync(1)
      expect(lines).toHaveLength(before + 1)
    }
  })

  it('that says something else than hints is not Hadir’s', async () => {
    create().check()
    lines[0]?.say('<html>Masuk Wi-Fi</html>')
    expect([lines[0]?.closed, said]).toEqual([true, []])
  })

  it('is closed while nobody looks, and is one only when they look again', async () => {
    const live = create()
    live.check()
    live.check()
    expect(lines).toHaveLength(1)
    wanted = false
    live.check()
    await vi.advanceTimersByTimeAsync(600_000)
    expect([lines.length, lines[0]?.closed]).toEqual([1, true])
    wanted = true
    live.check()
    expect(lines).toHaveLength(2)
  })
})
