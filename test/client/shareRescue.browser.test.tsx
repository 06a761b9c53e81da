import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, expect, it } from 'vitest'
import { SaveRescue } from '../../src/client/ui/parts/SaveRescue.tsx'
import { bootApp, createTestLink, organizerDatabase, showScreen } from '../support/app.tsx'
import { openEvent } from '../support/event.tsx'
import { useHandedOver } from '../support/handedOver.ts'

const { saved, shared, giveShare } = useHandedOver()
afterEach(cleanup)

/** Shows the buttons on an organizer's device with one event on it only; `rescued` hears what was put away. */
async function showButtons(): Promise<string[]> {
  const app = await bootApp(await organizerDatabase(), createTestLink())
  await openEvent(app, [{ name: 'Budi Contoh' }])
  const rescued: string[] = []
  await showScreen(app, 'shell', () => <SaveRescue onSaved={(names) => rescued.push(...names)} />)
  return rescued
}

const press = async (name: string) => fireEvent.click(await screen.findByRole('button', { name }))

it('a share sheet that the person closed is no failure, and hands nothing over', async () => {
  const share = giveShare('AbortError')
  const rescued = await showButtons()
  await press('Bagikan berkas penyelamat')
  await waitFor(() => expect(share).toHaveBeenCalledTimes(1))
  await waitFor(() => expect(screen.getByRole('button', { name: 'Simpan berkas penyelamat' })).toBeTruthy())
  expect(screen.queryByRole('status')).toBeNull()
  expect(screen.queryByRole('alert')).toBeNull()
  expect(rescued).toEqual([])
  await press('Bagikan berkas penyelamat')
  expect(await screen.findByText(/diserahkan ke aplikasi yang Anda pilih/)).toBeTruthy()
  expect(shared).toHaveLength(1)
  expect(rescued.length).toBeGreaterThan(0)
})

it('sharing that fails, whatever the reason, leads to the file', async () => {
  giveShare('DataError', 'DataError')
  const rescued = await showButtons()
  await press('Bagikan berkas penyelamat')
  await press('Ketuk sekali lagi untuk membagikan')
  expect(await screen.findByText(/^Peramban ini tidak dapat membagikan berkas\. Simpan berkasnya/)).toBeTruthy()
  expect(rescued).toEqual([])
  await press('Simpan berkas penyelamat')
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(rescued.length).toBeGreaterThan(0)
})
