import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gatePath } from '../../src/core/gate.ts'
import { drawSignature, openPhone, type Phone } from '../support/phone.ts'
import { button, countPresent, openGate, openSite, type Site, setUp } from './site.ts'

let site: Site
let office: Phone
let guest: Phone
let eventPath: string
let code: string

beforeAll(async () => {
  site = await openSite()
  office = await openPhone(site.url)
  guest = await openPhone(site.url)
  eventPath = await setUp(office, site)
  code = await openGate(office, eventPath)
})

afterAll(async () => {
  expect([...guest.errors, ...office.errors]).toEqual([])
  for (const phone of [office, guest]) await phone?.close()
  await site?.stop()
})

const receipt = (page: Page, name: string) => page.locator('.receipt', { hasText: name })

async function submitName(page: Page, name: string): Promise<void> {
  await page.getByLabel('Nama lengkap').fill(name)
  await button(page, 'Lanjut').click()
}

describe('a guest with a link', () => {
  it('keeps the event days before, and opens it without a network', async () => {
    await guest.page().goto(gatePath(code))
    await button(guest.page(), 'Simpan untuk dipakai tanpa internet').click()
    await guest.page().getByText('Siap dipakai tanpa internet').waitFor()
    await guest.restart({ offline: true })
    await guest.page().goto(gatePath(code))
    await guest.page().getByLabel('Nama lengkap').waitFor()
    /** What is here already is said, not offered again. */
    await guest.page().getByText('Siap dipakai tanpa internet').waitFor()
    expect(await button(guest.page(), 'Simpan untuk dipakai tanpa internet').count()).toBe(0)
    await guest.setOffline(false)
  })

  it('[S1] finds herself, signs, and later signs others in without a network; each arrives once', async () => {
    const first = guest.page()
    await first.getByText('Sudah diundang').click()
    await first.getByLabel('NIP atau nomor HP').fill('0812-0001-0005')
    await button(first, 'Cari').click()
    const found = first.locator('.card', { hasText: 'Apakah ini Anda' })
    const name = (await found.locator('.attendee-name').textContent()) ?? ''
    await button(first, 'Ini saya').click()
    await drawSignature(first)
    await button(first, 'Simpan').click()
    await receipt(first, name).getByText('Sudah sampai di server').waitFor()
    expect(await countPresent(office, eventPath, name)).toBe(1)

    await guest.restart({ offline: true })
    const page = guest.page()
    await page.goto(gatePath(code))
    await receipt(page, name).waitFor()
    await button(page, 'Isi untuk orang lain').click()
    await page.locator('datalist option[value*=Dinas]').first().waitFor({ state: 'attached' })
    await submitName(page, '   ')
    await page.getByText('Wajib diisi').waitFor()
    await submitName(page, `  Tetangga\u0000 Contoh\u202e${' x'.repeat(5_000)}`)
    await button(page, 'Tidak dapat tanda tangan').click()
    await page.getByText('Kendala fisik').click()
    await button(page, 'Simpan').click()
    await page.getByRole('heading', { name: 'Tersimpan, belum terkirim' }).waitFor()
    await receipt(page, 'Tetangga Contoh').getByText('Di ponsel ini saja').waitFor()
    expect(await receipt(page, 'Tetangga Contoh').locator('.attendee-name').textContent()).toMatch(
      /^Tetangga Contoh( x){80,92}$/,
    )
    await receipt(page, 'Tetangga Contoh').getByRole('button', { name: 'Perbaiki data' }).click()
    await page.getByLabel('Nama lengkap').fill('Tetangga Contoh, S.E.')
    await button(page, 'Simpan').click()
    await receipt(page, 'Tetangga Contoh, S.E.').getByText('Tanpa tanda tangan: Kendala fisik').waitFor()

    await guest.setOffline(false)
    await receipt(page, 'Tetangga Contoh, S.E.').getByText('Sudah sampai di server').waitFor()
    expect(await countPresent(office, eventPath, 'Tetangga Contoh, S.E.')).toBe(1)
  })

  it('types on while the app arrives behind the form', async () => {
    const slow = await openPhone(site.url)
    try {
      const page = slow.page()
      let letIn: () => void = () => undefined
      const wait = new Promise<void>((resolve) => {
        letIn = resolve
      })
      await slow.context().route(/assets\/app-/, async (route) => {
        await wait
        await route.continue()
      })
      await page.goto(gatePath(code))
      await page.getByLabel('Nama lengkap').pressSequentially('Contoh')
      letIn()
      await button(page, 'Simpan untuk dipakai tanpa internet').waitFor()
      await page.keyboard.type(' Cepat Mengetik')
      expect(await page.getByLabel('Nama lengkap').inputValue()).toBe('Contoh Cepat Mengetik')
      expect(slow.errors).toEqual([])
    } finally {
      await slow.close()
    }
  })

  it('finds what she typed before the app was there, after loading the page again', async () => {
    const slow = await openPhone(site.url)
    try {
      const page = slow.page()
      await slow.context().route(/assets\/app-/, () => undefined)
      await page.goto(gatePath(code))
      await page.getByLabel('Nama lengkap').fill('Contoh Jaringan Lambat')
      await page.reload()
      await page.getByLabel('Nama lengkap').waitFor()
      await expect.poll(() => page.getByLabel('Nama lengkap').inputValue()).toBe('Contoh Jaringan Lambat')
      await slow.context().unroute(/assets\/app-/)
      await page.reload()
      await submitName(page, 'Contoh Jaringan Lambat')
      await drawSignature(page)
      await button(page, 'Simpan').click()
      await receipt(page, 'Contoh Jaringan Lambat').waitFor()
      expect(new URL(page.url()).hash).toBe('')
      expect(slow.errors).toEqual([])
    } finally {
      await slow.close()
    }
  })

  it('is told what to do when the door is closed or the code is unknown', async () => {
    const page = office.page()
    await page.goto(`${eventPath}/gerbang`)
    await page.getByText('Ganti atau tutup').click()
    await button(page, 'Tutup pintu').click()
    await button(page, 'Buka pintu peserta').waitFor()
    const stranger = await openPhone(site.url)
    try {
      const there = stranger.page()
      await there.goto(gatePath(code))
      await there.getByText('Mintalah kode yang baru').waitFor()
      await button(there, 'Ketik kode lain').click()
      await there.getByLabel('Kode kegiatan').fill('2222 2222')
      await button(there, 'Buka kegiatan').click()
      await there.getByText('Periksa kembali huruf pada kode').waitFor()
      expect(stranger.errors).toEqual([])
    } finally {
      await stranger.close()
    }
  })
})
