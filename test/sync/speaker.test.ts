import { expect, test } from 'vitest'
import { listForms, saveForm, speakerOf } from '../../src/client/state/forms.ts'
import { savePerson } from '../../src/client/state/people.ts'
import { newQuestion } from '../../src/core/form/question.ts'
import { createDevice, createOrganizer, createServer, openGate } from './world.ts'

test('a corrected name of a speaker reaches attendees’ phones by itself, with the form as it was saved', async () => {
  const server = await createServer()
  const { device, opened, space } = await createOrganizer(server)
  const speaker = opened.newId()
  await savePerson(opened, speaker, { name: 'Contoh Salah Tulis', roles: ['narasumber'] })
  const form = { title: { id: 'Evaluasi', en: '' }, purpose: 'speaker', speaker, open: true } as const
  await saveForm(opened, undefined, { form, questions: [newQuestion('kesan', 'long')] })
  const phone = await createDevice(server, 'Ponsel')
  await phone.attendees.enter(await openGate(device, space))
  const seen = await phone.open(space)
  const named = () => listForms(seen).map((one) => speakerOf(seen, one))
  await expect.poll(named).toEqual(['Contoh Salah Tulis'])

  await savePerson(opened, speaker, { name: 'Contoh Narasumber, M.Si.' })
  await device.sync()
  await phone.sync()
  await expect.poll(named).toEqual(['Contoh Narasumber, M.Si.'])
  await server.stop()
})
