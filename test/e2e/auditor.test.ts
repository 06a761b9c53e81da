import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readCsv } from '../../src/documents/read/csv.ts'
import { openPhone, type Phone } from '../support/phone.ts'
import { faultsOf, speak } from './faults.ts'
import { button, link, openSite, type Site, setUp } from './site.ts'

let site: Site
let office: Phone
let phone: Phone
let event: string

beforeAll(async () => {
  site = await openSite()
  office = await openPhone(site.url)
  phone = await openPhone(site.url)
  event = await setUp(office, site)
})
afterAll(async () => {
  for (const device of [office, phone]) await device?.close()
  await site?.stop()
})

it('a viewer of everything reads what the server noted, and takes an event’s history along as a file', async () => {
  const code = await office.page().evaluate(async () => {
    const headers = { 'Content-Type': 'application/json' }
    const body = JSON.stringify({ role: 'viewer' })
    const answer = await fetch('/api/v1/spaces/*/invites', { method: 'POST', headers, body })
    return (await answer.json()).code as string
  })
  const page = phone.page()
  await page.goto(`/gabung#${code}`)
  await page.getByLabel('Nama Anda').fill('Auditor Contoh')
  await button(page, 'Gabung').click()
  await phone.installed({ team: true })

  await page.goto('/')
  await link(page, 'Riwayat server').click()
  await page.locator('.member', { hasText: 'Kode undangan dipakai' }).getByText('Auditor Contoh').waitFor()
  for (const language of ['en', 'id'] as const) {
    await speak(page, language)
    await link(page, language === 'id' ? 'Riwayat server' : 'History of the server').click()
    await page.getByText('Penyelenggara Contoh').first().waitFor()
    expect(await faultsOf(page, language)).toEqual([])
  }
  await page.goto(event)
  await link(page, 'Riwayat').click()
  await page.locator('.history-row').first().click()
  await page
    .locator('dt', { hasText: 'Diterima server' })
    .locator('xpath=following-sibling::dd[1]', { hasText: /\d{4}/ })
    .waitFor()
  const download = page.waitForEvent('download')
  await button(page, /^CSV$/).click()
  const file = await readFile(await (await download).path(), 'utf8')
  const [head, ...rows] = readCsv(file)
  expect(head?.slice(0, 3)).toEqual(['Waktu terkoreksi', 'Jam perangkat', 'Diterima server'])
  expect(rows.length).toBeGreaterThan(60)
  for (const row of rows) expect(row.slice(0, 3)).toEqual(Array(3).fill(expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d/)))
  expect(file).toContain('Sosialisasi Aplikasi')
  expect([...phone.errors, ...office.errors]).toEqual([])
})
