import { cpSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPhone, type Phone } from '../support/phone.ts'
import { temporaryFolder } from '../support/server.ts'
import { faultsOf, speak } from './faults.ts'
import { openSite, type Site, setUp } from './site.ts'

const dist = temporaryFolder()
/** A screen of the team's, which follows the installation. */
let follows: string

let site: Site
let office: Phone
let eventPath: string

const served = () => join(dist, 'assets', follows)
const withheld = () => join(dist, follows)

beforeAll(async () => {
  cpSync(process.env.HADIR_DIST ?? 'dist', dist, { recursive: true })
  follows = readdirSync(join(dist, 'assets')).find((name) => name.startsWith('team-Documents')) ?? ''
  site = await openSite({ HADIR_DIST: dist })
  office = await openPhone(site.url)
  eventPath = await setUp(office, site)
})

afterAll(async () => {
  expect(office.errors).toEqual([])
  await office?.close()
  await site?.stop()
})

async function invite(): Promise<string> {
  const page = office.page()
  await page.goto(`${eventPath}/tim`)
  await page.getByRole('button', { name: 'Buat kode undangan' }).click()
  return (await page.locator('.code').textContent()) ?? ''
}

describe('a facilitator’s phone that has joined', () => {
  it.each([
    [
      'id',
      /Kegiatan Sosialisasi .+ sudah tersimpan/,
      /Aplikasi belum lengkap/,
      /Hadir dapat dipakai tanpa internet/,
      /^Siap tanpa internet\?/,
    ],
    [
      'en',
      /now holds the event Sosialisasi .+/,
      /not completely stored yet/,
      /Hadir can be used without internet/,
      /^Ready without internet\?/,
    ],
  ] as const)('says in %s that the event is here, and by itself when the app is too', async (language, ...words) => {
    const [stored, incomplete, complete, readiness] = words
    const code = await invite()
    renameSync(served(), withheld())
    const phone = await openPhone(site.url)
    try {
      const page = phone.page()
      await speak(page, language)
      await page.goto(`/gabung#${code}`)
      await page.locator('form input').last().fill('Fasilitator Contoh')
      await page.locator('.screen-actions .primary').click()
      const notice = page.locator('.notice', { hasText: stored })
      await notice.filter({ hasText: incomplete }).waitFor()
      expect(await faultsOf(page, language)).toEqual([])
      renameSync(withheld(), served())
      await notice.filter({ hasText: complete }).waitFor()
      expect(await faultsOf(page, language)).toEqual([])
      await page.getByRole('link', { name: readiness }).click()
      await page.getByRole('heading', { name: readiness }).waitFor()

      await phone.restart({ offline: true })
      await phone.page().goto(`${eventPath}/dokumen`)
      await phone.page().locator('main select').first().waitFor()
      expect(phone.errors).toEqual([])
    } finally {
      await phone.close()
    }
  })

  it('on plain http says that it opens with a network only', async () => {
    const host = 'aula.contoh'
    const phone = await openPhone(`http://${host}:${site.port}`, { host })
    try {
      const page = phone.page()
      await page.goto(`/gabung#${await invite()}`)
      await page.getByLabel('Nama Anda').fill('Fasilitator Contoh')
      await page.getByRole('button', { name: 'Gabung' }).click()
      await page.getByText('Peramban ini tidak dapat membuka Hadir tanpa internet').waitFor()
      expect(phone.errors).toEqual([])
    } finally {
      await phone.close()
    }
  })
})
