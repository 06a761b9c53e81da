import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routes } from '../../src/client/ui/routes.ts'
import { openPhone, type Phone } from '../support/phone.ts'
import { faultsOf, speak } from './faults.ts'
import { addMaterial, card } from './materialSteps.ts'
import { button, link, openScreen, openSite, recordWalkIn, type Site, setUp } from './site.ts'

let site: Site
let phone: Phone
let page: Page
let eventPath: string
/** The ids of what the addresses of its screens name. */
let [person, form, material]: string[] = []

/** Names long enough to break a narrow screen. */
function inventedList(): string {
  const names = Array.from({ length: 140 }, (_, i) => `Peserta Contoh Kesejahteraan ${i + 1}, S.Sos., M.Si.`)
  const rows = names.map((name, i) => `${i + 1};${name};Kepala Bidang Perencanaan;Dinas Contoh Nomor ${1 + (i % 30)};`)
  return ['No;Nama;Jabatan;Instansi;NIP', ...rows].join('\r\n')
}

beforeAll(async () => {
  site = await openSite()
  phone = await openPhone(site.url)
  page = phone.page()
  eventPath = await setUp(phone, site)
  await recordWalkIn(page, eventPath, 'Tamu Contoh Pemberdayaan')
  await link(page, /Tamu Contoh/).click()
  await page.getByText('Sudah tercatat hadir').waitFor()
  person = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  form = await openForm()
  material = await writeMaterial()
  expect([person, form, material].map((id) => id.length)).toEqual([22, 22, 22])
  await openPreview(page)
  await button(page, 'Impor 140 orang').click()
  await page.getByText('140 orang diimpor').waitFor()
})

/** A ready form, open to attendees; its id. */
async function openForm(): Promise<string> {
  await page.goto(`${eventPath}/umpan-balik`)
  await button(page, 'Tambah formulir').click()
  await page.getByRole('button', { name: 'Post-test', exact: true }).click()
  await button(page, 'Buka formulir').click()
  await page.getByText('Formulir terbuka').waitFor()
  return new URL(page.url()).pathname.split('/').at(-2) ?? ''
}

/** A short text for attendees; its id. */
async function writeMaterial(): Promise<string> {
  await addMaterial(page, eventPath, { title: 'Ringkasan Contoh', text: 'Baris satu' })
  const edit = card(page, 'Ringkasan Contoh').locator('a[href$="/ubah"]')
  return (await edit.getAttribute('href'))?.split('/').at(-2) ?? ''
}

afterAll(async () => {
  await phone?.close()
  await site?.stop()
})

async function openPreview(at: Page): Promise<void> {
  await at.goto(`${eventPath}/impor`)
  const file = { name: 'undangan.csv', mimeType: 'text/csv', buffer: Buffer.from(inventedList()) }
  await at.locator('input[type=file]').setInputFiles(file)
  await at.locator('.column').first().waitFor()
  await at.locator('.screen-actions .primary').click()
  await at.locator('.outcomes').waitFor()
}

/** Every address of the app in this event, and the forms that an address with a secret opens. */
const addresses = () => [
  ...Object.keys(routes).map((path) =>
    path
      .replace('/kegiatan/:space', eventPath)
      .replace(':person', person ?? '')
      .replace(':form', form ?? '')
      .replace(':material', material ?? ''),
  ),
  '/siapkan#rahasia',
  '/gabung#ABCD',
  '/tidak-ada',
]

describe.each(['id', 'en'] as const)('every screen in %s', (language) => {
  beforeAll(async () => {
    await speak(page, language)
  })

  it('has no fault that axe finds, and cuts no text off', async () => {
    const faultsByAddress: Record<string, string[]> = {}
    for (const address of addresses()) {
      await openScreen(page, address)
      const found = await faultsOf(page, language)
      if (found.length > 0) faultsByAddress[address.replace(eventPath, '')] = [...new Set(found)]
    }
    await openPreview(page)
    const found = await faultsOf(page, language)
    if (found.length > 0) faultsByAddress['the preview of an import'] = [...new Set(found)]
    expect(faultsByAddress).toEqual({})
  })
})

/** The element with the focus: its words, and whether a person sees that it has the focus. */
const focused = () =>
  page.evaluate(() => {
    const element = document.activeElement
    const { outlineStyle, outlineWidth } = getComputedStyle(element ?? document.body)
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : ''
    const isLost = !element || element === document.body
    return {
      isLost,
      isVisible: outlineStyle !== 'none' && outlineWidth !== '0px',
      words: isLost ? '' : [label, element.getAttribute('aria-label'), element.textContent].join(' '),
    }
  })

async function tabTo(words: RegExp): Promise<void> {
  const passed: string[] = []
  while (passed.length < 40) {
    await page.keyboard.press('Tab')
    const now = await focused()
    if (!now.isLost) expect(now, `${words} after ${passed.join(' | ')}`).toMatchObject({ isVisible: true })
    if (words.test(now.words)) return
    passed.push(now.words.trim())
  }
  throw new Error(`${words} is not reached: ${passed.join(' | ')}`)
}

async function arriveAt(title: RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  await expect.poll(async () => (await focused()).isLost, { message: `focus at ${title}` }).toBe(false)
}

describe('with a keyboard only', () => {
  it('a facilitator gets from the list of events to a saved attendance', async () => {
    await page.goto('/')
    await page.locator('.language-switch button[lang=id]').click()
    await page.goto('/')
    await arriveAt(/Kegiatan/)
    await tabTo(/Sosialisasi Aplikasi/)
    await page.keyboard.press('Enter')
    await arriveAt(/Sosialisasi Aplikasi/)
    await tabTo(/Isi Daftar Hadir/)
    await page.keyboard.press('Enter')
    await arriveAt(/Isi Daftar Hadir/)
    await expect.poll(async () => (await focused()).words).toMatch(/Cari peserta/)
    await page.keyboard.type('kartika nug')
    await link(page, /Kartika Nugraha/).waitFor()
    await tabTo(/Kartika Nugraha/)
    await page.keyboard.press('Enter')
    await arriveAt(/Kartika Nugraha/)
    await tabTo(/Tidak dapat tanda tangan/)
    await page.keyboard.press('Enter')
    await page.getByText('Mengapa tanpa tanda tangan').waitFor()
    await expect.poll(async () => (await focused()).words).toMatch(/Kendala fisik/)
    await page.keyboard.press('Space')
    await tabTo(/^\s*Simpan/)
    await page.keyboard.press('Enter')
    await page.locator('.confirmation', { hasText: 'Kartika Nugraha' }).waitFor()
    await arriveAt(/Isi Daftar Hadir/)
    expect(phone.errors).toEqual([])
  })
})
