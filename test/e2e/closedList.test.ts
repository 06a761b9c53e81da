import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gatePath } from '../../src/core/gate.ts'
import { readCsv } from '../../src/documents/read/csv.ts'
import { drawSignature, openPhone, type Phone } from '../support/phone.ts'
import {
  button,
  fillWalkIn,
  joinAsFacilitator,
  link,
  openGate,
  openSite,
  recordWalkIn,
  type Site,
  setUp,
  waitForStatus,
} from './site.ts'

let site: Site
let office: Phone
let hall: Phone
let guest: Phone
let eventPath: string
let code: string

beforeAll(async () => {
  site = await openSite()
  office = await openPhone(site.url, { viewport: { width: 1280, height: 800 } })
  hall = await openPhone(site.url)
  guest = await openPhone(site.url)
  eventPath = await setUp(office, site)
  code = await openGate(office, eventPath)
  await joinAsFacilitator(hall, office, eventPath)
})

afterAll(async () => {
  expect([...office.errors, ...hall.errors, ...guest.errors]).toEqual([])
  for (const phone of [office, hall, guest]) await phone?.close()
  await site?.stop()
})

const closedWords = 'Daftar hadir sesi ini sudah ditutup'
const isAsked = (page: Page) => page.getByText('Tuliskan alasannya, lalu simpan lagi.').waitFor()

/** What the list says of each of these people behind their names. */
async function notesOnList(): Promise<Map<unknown, unknown>> {
  const page = office.page()
  await page.goto(`${eventPath}/dokumen`)
  await page.getByRole('listitem').filter({ hasText: '(CSV)' }).getByRole('button', { name: 'Unduh' }).click()
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Unduh dan catat').click()])
  const [head = [], ...rows] = readCsv(await readFile(await download.path(), 'utf8'))
  return new Map(rows.map((row) => [row[head.indexOf('Nama')], row[head.indexOf('Keterangan')] ?? '']))
}

describe('a closed attendance list', () => {
  it('is closed by the organizer, while a phone without a network goes on', async () => {
    await hall.setOffline(true)
    await recordWalkIn(hall.page(), eventPath, 'Contoh Tepat Waktu')
    const page = office.page()
    await page.goto(eventPath)
    await button(page, 'Tutup Daftar Hadir').click()
    await button(page, 'Batalkan').click()
    expect(await page.getByText(closedWords).count()).toBe(0)
    await button(page, 'Tutup Daftar Hadir').click()
    await button(page, 'Tutup sekarang').click()
    await page.getByText(closedWords).waitFor()
    await recordWalkIn(hall.page(), eventPath, 'Contoh Belum Tahu')
  })

  it('asks the hall for a reason from then on, also without a network, and saves with one', async () => {
    await hall.setOffline(false)
    const page = hall.page()
    await page.goto(`${eventPath}/hadir`)
    await page.getByText(closedWords).waitFor()
    expect(await button(page, 'Buka kembali daftar hadir').count()).toBe(0)
    await waitForStatus(page, /Terkirim/)
    await hall.setOffline(true)
    await fillWalkIn(page, eventPath, 'Contoh Macet')
    await button(page, 'Simpan').click()
    await isAsked(page)
    await page.getByLabel('Alasan terlambat').fill('Macet di jalan')
    await button(page, 'Simpan').click()
    await page.locator('.confirmation', { hasText: 'Contoh Macet' }).waitFor()
    await hall.setOffline(false)
    await waitForStatus(page, /Terkirim/)
  })

  it('leaves the pad of who is on the list whole in sight on a small phone', async () => {
    const page = hall.page()
    await page.goto(`${eventPath}/hadir`)
    await page.getByRole('searchbox').fill('Ahmad Maharani')
    await link(page, /Ahmad Maharani/)
      .first()
      .click()
    await page.getByLabel('Alasan terlambat').waitFor()
    await page.getByText(closedWords).waitFor()
    const pad = await page.locator('canvas').boundingBox()
    const actions = await page.locator('.screen-actions').boundingBox()
    expect((pad?.y ?? 0) + (pad?.height ?? 0)).toBeLessThanOrEqual(actions?.y ?? 0)
  })

  it('asks an attendee on her own phone', async () => {
    const page = guest.page()
    await page.goto(gatePath(code))
    await page.getByLabel('Nama lengkap').fill('Contoh Sendiri')
    await button(page, 'Lanjut').click()
    await page.getByText(closedWords).waitFor()
    await drawSignature(page)
    await button(page, 'Simpan').click()
    await isAsked(page)
    await page.getByLabel('Alasan terlambat').fill('Rapat lain')
    await button(page, 'Simpan').click()
    const receipt = page.locator('.receipt', { hasText: 'Contoh Sendiri' })
    await receipt.getByText('Terlambat: Rapat lain').waitFor()
    await receipt.getByText('Sudah sampai di server').waitFor()
  })

  it('marks them on the list and in the history; who was recorded before it and arrived later is not late', async () => {
    const page = office.page()
    await page.goto(`${eventPath}/peserta?hadir=hadir`)
    await page.getByLabel('Cari peserta').fill('Contoh Sendiri')
    await page.locator('.person-row', { hasText: /Contoh Sendiri.*terlambat/ }).waitFor()
    const notes = await notesOnList()
    expect(notes.get('Contoh Tepat Waktu')).toBe('')
    expect(notes.get('Contoh Belum Tahu')).toBe('Terlambat, dicatat panitia')
    expect(notes.get('Contoh Macet')).toBe('Terlambat, dicatat panitia: Macet di jalan')
    expect(notes.get('Contoh Sendiri')).toBe('Terlambat, mengisi sendiri: Rapat lain')
    await page.goto(`${eventPath}/riwayat`)
    for (const words of [/daftar hadir ditutup/, /terlambat: Macet di jalan/, /daftar hadir lengkap, CSV/])
      await page.locator('.history-words', { hasText: words }).first().waitFor()
  })

  it('is opened again with a reason: nobody is asked any more, and whose reason was asked stays marked', async () => {
    const page = office.page()
    await page.goto(eventPath)
    await button(page, 'Buka kembali daftar hadir').click()
    await page.getByLabel('Alasan dibuka kembali').fill('Salah tutup')
    await page.getByRole('dialog').getByRole('button', { name: 'Buka kembali daftar hadir' }).click()
    await button(page, 'Tutup Daftar Hadir').waitFor()
    await hall.page().goto(`${eventPath}/hadir`)
    await link(hall.page(), 'Peserta baru').waitFor()
    await hall.page().getByText(closedWords).waitFor({ state: 'detached' })
    await recordWalkIn(hall.page(), eventPath, 'Contoh Sesudahnya')
    await waitForStatus(hall.page(), /Terkirim/)
    await page.goto(`${eventPath}/peserta?hadir=hadir`)
    await page.getByLabel('Cari peserta').fill('Contoh Sesudahnya')
    await page.locator('.person-row', { hasText: 'Contoh Sesudahnya' }).waitFor()
    const notes = await notesOnList()
    expect(['Contoh Belum Tahu', 'Contoh Macet', 'Contoh Sesudahnya'].map((name) => notes.get(name))).toEqual([
      '',
      'Terlambat, dicatat panitia: Macet di jalan',
      '',
    ])
    await page.goto(`${eventPath}/riwayat`)
    await page.locator('.history-words', { hasText: /daftar hadir dibuka kembali/ }).waitFor()
  })
})
