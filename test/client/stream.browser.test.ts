import { expect, it } from 'vitest'
import { bootApp, createTestLink, organizerDatabase, organizerSession } from '../support/app.tsx'
import { openEvent } from '../support/event.tsx'

it('[S12] asks for no stream before there is an event of which it could tell', async () => {
  const db = await organizerDatabase()
  const opened: string[] = []
  const app = await bootApp(db, createTestLink({ session: organizerSession(db) }), (url) => {
    opened.push(url)
    return { close: () => undefined }
  })
  await expect.poll(() => app.sync.value.lastContactAt).toBeTruthy()
  await expect.poll(() => app.spaces.rows.value).toEqual([])
  expect(opened).toEqual([])
  await openEvent(app, [])
  await expect.poll(() => opened).toEqual(['/api/v1/events'])
})
