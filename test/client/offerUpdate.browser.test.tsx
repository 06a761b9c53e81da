import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { OfferUpdate } from '../../src/client/ui/status/OfferUpdate.tsx'
import { setPerson } from '../../src/core/person.ts'
import { bootApp, createTestLink, organizerDatabase, showScreen } from '../support/app.tsx'
import { openEvent } from '../support/event.tsx'
import { beIPhone, useHandedOver } from '../support/handedOver.ts'

const { shared, giveShare } = useHandedOver()
afterEach(cleanup)

const save = 'Simpan berkas penyelamat'
const noLater = () => undefined
const look = async () => fireEvent.click(await screen.findByRole('checkbox', { name: /^Sudah saya periksa/ }))
const tap = async (name: string) => fireEvent.click(await screen.findByRole('button', { name }))

describe('an update', () => {
  it('[S10] comes after a rescue file while work is unsent, and after one more when more was written', async () => {
    beIPhone()
    const share = giveShare('AbortError', 'NotAllowedError', 'NotAllowedError')
    const apply = vi.fn()
    const app = await bootApp(await organizerDatabase(), createTestLink())
    const { space } = await openEvent(app, [{ name: 'Budi Contoh' }])
    const write = () => space.commit([setPerson(space.newId(), { invited: true, name: 'Siti Contoh' })])
    const asked = async (count: number) => {
      expect(await screen.findByText(new RegExp(`${count} perubahan belum terkirim. ${save} dahulu`))).toBeTruthy()
      expect(screen.queryByRole('button', { name: 'Perbarui' })).toBeNull()
    }
    await showScreen(app, 'rescue', () => <OfferUpdate apply={apply} onLater={noLater} />)
    await asked(2)
    await tap(save)
    await waitFor(() => expect(share).toHaveBeenCalledTimes(1))
    await tap(save)
    await tap('Ketuk sekali lagi untuk menyimpan')
    expect(await screen.findByText(/^Peramban ini tidak dapat membagikan berkas/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Perbarui' })).toBeNull()
    await tap(save)
    await screen.findByText(/^Di berkas hadir-penyelamat-.+: 2 perubahan, 3 catatan/)
    expect(screen.queryByRole('button', { name: 'Perbarui' })).toBeNull()
    await look()
    expect(await screen.findByRole('button', { name: 'Perbarui' })).toBeTruthy()
    expect(screen.queryByRole('button', { name: save })).toBeNull()
    await write()
    await screen.findByRole('button', { name: save })
    /** Each of the three files that were made is noted in the event. */
    await asked(6)
    await tap(save)
    await waitFor(() => expect(shared).toHaveLength(2))
    await waitFor(() => expect(screen.getByRole('checkbox', { checked: false })).toBeTruthy())
    await look()
    await tap('Perbarui')
    expect(apply).toHaveBeenCalledTimes(1)
    expect(await shared.at(-1)?.text()).toContain('Siti Contoh')
  })

  it('needs one press where nothing is unsent', async () => {
    const apply = vi.fn()
    await showScreen(await bootApp(), 'rescue', () => <OfferUpdate apply={apply} onLater={noLater} />)
    await tap('Perbarui')
    expect(apply).toHaveBeenCalledTimes(1)
    expect(screen.queryByRole('button', { name: save })).toBeNull()
  })
})
