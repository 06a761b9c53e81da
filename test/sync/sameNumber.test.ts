import { expect, it, onTestFinished } from 'vitest'
import { recordWalkIn } from '../../src/client/state/attendance.ts'
import { createTeam } from './world.ts'

const budi = { name: 'Budi Contoh', nip: '198609262015051001' }

it('another name under a NIP that is listed here is another person, and the same name the same', async () => {
  const { siti, space, session, organizer, stop } = await createTeam()
  onTestFinished(stop)
  const opened = await siti.open(space)
  const input = { session, method: 'facilitator' } as const
  const first = await recordWalkIn(opened, budi, input)
  const other = await recordWalkIn(opened, { ...budi, name: 'Tuti Misal' }, input)
  expect(await recordWalkIn(opened, { ...budi, name: 'Drs. BUDI Contoh' }, input)).toBe(first)
  await siti.sync()
  await organizer.device.sync()
  const names = () => new Map([...organizer.opened.people.value.values()].map(({ id, name }) => [id, name]))
  const expected = { [first]: 'Drs. BUDI Contoh', [other]: 'Tuti Misal' }
  await expect.poll(names).toEqual(new Map(Object.entries(expected)))
})
