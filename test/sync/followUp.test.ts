import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ownForms, submitAnswers } from '../../src/client/state/answering.ts'
import { saveSignIn } from '../../src/client/state/attendee.ts'
import { listForms, responsesOf, saveForm } from '../../src/client/state/forms.ts'
import { readyForms } from '../../src/core/form/ready.ts'
import { dayMs } from '../../src/core/time.ts'
import { createDevice, createOrganizer, createServer, openGate } from './world.ts'

const eventDay = Date.parse('2026-11-23T03:00:00Z')
let server: Awaited<ReturnType<typeof createServer>>
let organizer: Awaited<ReturnType<typeof createOrganizer>>

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: eventDay })
  server = await createServer()
  organizer = await createOrganizer(server)
})
afterAll(async () => {
  vi.useRealTimers()
  await server.stop()
})

/** A ready form, opened to attendees. */
async function openReady(key: string): Promise<void> {
  const ready = readyForms.find((form) => form.key === key)
  if (!ready) throw new Error(`no form ${key}`)
  const { key: _, questions, ...form } = ready
  await saveForm(organizer.opened, undefined, { form: { ...form, open: true }, questions })
  await organizer.device.sync()
}

/** A phone whose person has signed in at the event. */
async function visit(code: string) {
  const phone = await createDevice(server, 'Ponsel')
  await phone.attendees.enter(code)
  const space = await phone.open(organizer.space)
  const { person } = await saveSignIn(space, { session: organizer.session, fields: { name: 'Contoh' }, ink: 'AQID' })
  await phone.sync()
  return { phone, space, person }
}

test('phones that were not opened since the event answer follow-up forms of day 60 and 90, also written only then', async () => {
  const code = await openGate(organizer.device, organizer.space)
  const [first, last] = [await visit(code), await visit(code)]
  for (const [day, key, { phone, space, person }] of [
    [60, 'followUp60', first],
    [91, 'followUp90', last],
  ] as const) {
    vi.setSystemTime(eventDay + day * dayMs)
    await openReady(key)
    await phone.sync()
    const formOf = () => ownForms(space, phone.ballots).find(({ form }) => form.title.id.includes(key.slice(-2)))?.form
    await expect.poll(formOf).toBeTruthy()
    const form = formOf()
    if (!form) throw new Error('no form')
    const input = { form, person, answers: { tindak_lanjut: 'selesai', bukti: key } }
    expect(await submitAnswers(space, phone.ballots, input, `response:${key}`)).toBe(true)
    await phone.sync()
    await organizer.device.sync()
    const answers = () =>
      listForms(organizer.opened).flatMap((one) => responsesOf(organizer.opened, one).map((each) => each.answers.bukti))
    await expect.poll(answers).toContain(key)
  }
})
