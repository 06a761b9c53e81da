import { cleanup, waitFor } from '@testing-library/preact'
import { afterEach, expect, it, vi } from 'vitest'
import { useReadiness } from '../../src/client/ui/screens/readiness/useReadiness.ts'
import { bootApp, organizerDatabase, showScreen } from '../support/app.tsx'
import { openEvent } from '../support/event.tsx'

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

it('a look that is answered behind a later one does not bring back what was so before', async () => {
  const app = await bootApp(await organizerDatabase())
  const { space } = await openEvent(app, [])
  let shown: ReturnType<typeof useReadiness> | undefined
  await showScreen(app, 'readiness', () => {
    shown = useReadiness(space)
    return null
  })
  await waitFor(() => expect(shown?.readiness).toBeTruthy())
  const answers: ((isKept: boolean) => void)[] = []
  vi.spyOn(navigator.storage, 'persisted').mockImplementation(() => new Promise((resolve) => answers.push(resolve)))
  const earlier = shown?.look()
  const later = shown?.look()
  answers[1]?.(true)
  await later
  await waitFor(() => expect(shown?.readiness?.met).toContain('storage'))
  answers[0]?.(false)
  await earlier
  expect(shown?.readiness?.met).toContain('storage')
})
