import type { Page } from 'playwright-core'
import { drawSignature, type Phone } from '../support/phone.ts'
import { addressOf, startProcess, temporaryFolder } from '../support/server.ts'

export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
export const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name })

/** A server with the sample event, which stops and comes back on its port with its data. */
export async function openSite(environment: Record<string, string> = {}) {
  const settings: Record<string, string> = { HADIR_DATA: temporaryFolder(), ...environment }
  let server = startProcess(settings, ['--demo'])
  const url = await addressOf(server)
  settings.PORT = new URL(url).port
  const setupUrl = /(http\S+\/siapkan#\S+)/.exec(server.output())?.[1] ?? ''
  return {
    url,
    port: Number(settings.PORT),
    output: () => server.output(),
    setupUrl: setupUrl.replace('localhost', '127.0.0.1'),
    stop: async () => {
      server.process.kill('SIGINT')
      await server.ended
    },
    signal: (signal: NodeJS.Signals) => server.process.kill(signal),
    start: async () => {
      server = startProcess(settings)
      await addressOf(server)
    },
  }
}
export type Site = Awaited<ReturnType<typeof openSite>>

/** Makes the first organizer, and says where the sample event is, as a path. */
export async function setUp(phone: Phone, site: Site): Promise<string> {
  const page = phone.page()
  await page.goto(site.setupUrl)
  await page.getByLabel('Nama lengkap').fill('Penyelenggara Contoh')
  await page.getByLabel('Surel').fill('penyelenggara@contoh.example')
  await page.getByLabel('Kata sandi').fill('kata sandi yang panjang')
  await button(page, 'Buat akun').click()
  await link(page, /Sosialisasi Aplikasi/).click()
  await page.getByText('hadir · 60 diundang').waitFor()
  await phone.installed({ team: true })
  return new URL(page.url()).pathname
}

/** Makes a browser a facilitator's device with a code that the organizer makes. */
export async function joinAsFacilitator(phone: Phone, organizer: Phone, eventPath: string): Promise<void> {
  const office = organizer.page()
  await office.goto(`${eventPath}/tim`)
  await button(office, 'Buat kode undangan').click()
  const code = (await office.locator('.code').textContent()) ?? ''
  const page = phone.page()
  await page.goto(`/gabung#${code}`)
  await page.getByLabel('Nama Anda').fill('Fasilitator Contoh')
  await button(page, 'Gabung').click()
  await page.getByText('dapat dipakai tanpa internet').first().waitFor()
  await phone.installed({ team: true })
}

/** Opens the attendees' door and returns its code, eight letters. */
export async function openGate(organizer: Phone, eventPath: string): Promise<string> {
  const page = organizer.page()
  await page.goto(`${eventPath}/gerbang`)
  await button(page, 'Buka pintu peserta').click()
  const code = /([2-9A-HJ-NP-Z]{4})[- ]([2-9A-HJ-NP-Z]{4})/
  const [, first = '', second = ''] = code.exec((await page.getByText(code).first().textContent()) ?? '') ?? []
  return first + second
}

/** Fills in somebody who is not on the list, signature included, and leaves saving to the test. */
export async function fillWalkIn(page: Page, eventPath: string, name: string): Promise<void> {
  await page.goto(`${eventPath}/baru`)
  await page.getByLabel('Nama lengkap').fill(name)
  await page.getByLabel(/OPD atau unit kerja/).fill('Bappeda')
  await page.getByLabel('Jabatan').fill('Kepala Bidang')
  await drawSignature(page)
}

export async function recordWalkIn(page: Page, eventPath: string, name: string): Promise<void> {
  await fillWalkIn(page, eventPath, name)
  await page.getByRole('button', { name: 'Simpan', exact: true }).click()
  await page.locator('.confirmation', { hasText: name }).waitFor()
}

/** The rows of a name on a phone's list of who is present, once there is one. */
export async function countPresent(phone: Phone, eventPath: string, name: string): Promise<number> {
  const page = phone.page()
  await page.goto(`${eventPath}/peserta?hadir=present`)
  await page.getByLabel('Cari peserta').fill(name)
  const rows = page.locator('main a', { hasText: name })
  await rows.first().waitFor()
  return rows.count()
}

/** Opens an address and waits for its screen, behind the first paint, which has a heading as well, and what it loads. */
export async function openScreen(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.locator('h1:not(.opening > h1)').waitFor()
  await page.locator('[aria-busy=true]').waitFor({ state: 'detached' })
}

export async function waitForStatus(page: Page, words: RegExp): Promise<void> {
  await page.locator('.status-line').filter({ hasText: words }).waitFor()
}

/** Whether anything is drawn on the pad. */
export function isInked(page: Page): Promise<boolean> {
  return page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
    return pixels.some((value, i) => i % 4 === 3 && value > 0)
  })
}
