import { createServer } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clientId, clientSecret, type IdentityProvider, startIdentityProvider } from '../support/identityProvider.ts'
import { openPhone, type Phone } from '../support/phone.ts'
import { button, joinAsFacilitator, link, openSite, recordWalkIn, type Site, setUp, waitForStatus } from './site.ts'

const email = 'fasilitator@contoh.example'
const providerName = 'SSO Contoh'
let provider: IdentityProvider
let site: Site
let organizer: Phone
let facilitator: Phone
let eventPath = ''
let url = ''

/** Passkeys and a provider's way back need an address that is known before the start. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

beforeAll(async () => {
  const port = await freePort()
  url = `http://localhost:${port}`
  provider = await startIdentityProvider()
  provider.state.redirectUri = `${url}/api/v1/sso/return`
  const opened = await openSite({
    PORT: String(port),
    HADIR_PUBLIC_URL: url,
    HADIR_OIDC_ISSUER: provider.issuer,
    HADIR_OIDC_CLIENT_ID: clientId,
    HADIR_OIDC_CLIENT_SECRET: clientSecret,
    HADIR_OIDC_NAME: providerName,
  })
  site = { ...opened, url, setupUrl: opened.setupUrl.replace('127.0.0.1', 'localhost') }
  organizer = await openPhone(url)
  facilitator = await openPhone(url)
  eventPath = await setUp(organizer, site)
  await joinAsFacilitator(facilitator, organizer, eventPath)
})

afterAll(async () => {
  await organizer?.close()
  await facilitator?.close()
  await site?.stop()
  await provider?.stop()
})

/** An authenticator in the browser that answers as its person would. */
async function plugInAuthenticator(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
}

test('a passkey is added, signs in where its person had signed out, and is removed', async () => {
  const page = organizer.page()
  await plugInAuthenticator(page)
  await page.goto('/akun')
  await page.getByLabel('Nama kunci sandi').fill('Ponsel kantor')
  await button(page, 'Tambah kunci sandi').click()
  await page.getByText('Kunci sandi ditambahkan.').waitFor()
  await page.getByText('Ponsel kantor').waitFor()
  await button(page, 'Tambah kunci sandi').click()
  await page.getByText('Perangkat ini sudah memiliki kunci sandi').waitFor()
  await button(page, /^Keluar$/).click()
  await page.getByText('Punya akun penyelenggara?').waitFor()
  await page.goto('/masuk')
  await button(page, 'Masuk dengan kunci sandi (passkey)').click()
  await link(page, /Sosialisasi Aplikasi/).waitFor()
  await page.goto('/akun')
  await button(page, 'Hapus').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Hapus' }).click()
  await page.getByText('Belum ada kunci sandi.').waitFor()
  expect(organizer.errors).toEqual([])
})

test('[S10] who was signed out by a new password goes on without a network, and sends after signing in again', async () => {
  const page = facilitator.page()
  await page.goto('/akun')
  await page.getByLabel('Surel').fill(email)
  await page.getByLabel('Kata sandi').fill('rahasia123')
  await button(page, /^Buat akun$/).click()
  await page.getByText('terlalu mudah ditebak').waitFor()
  await page.getByLabel('Kata sandi').fill('kalimat yang panjang')
  await button(page, /^Buat akun$/).click()
  await page.getByText('Perangkat saya').waitFor()

  await facilitator.setOffline(true)
  await recordWalkIn(page, eventPath, 'Rahmat Contoh')
  const office = organizer.page()
  await office.goto('/kode-sandi')
  await office.getByLabel('Surel akunnya').fill(email)
  await button(office, 'Buat kode').click()
  const code = (await office.locator('.code').textContent()) ?? ''
  expect(await office.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)

  const second = await openPhone(url)
  const fresh = second.page()
  await fresh.goto('/masuk')
  await link(fresh, 'Lupa kata sandi?').click()
  await fresh.getByLabel('Kode dari penyelenggara').fill(code.toLowerCase())
  await fresh.getByLabel('Surel').fill(email)
  await fresh.getByLabel('Kata sandi baru').fill('kalimat yang lebih baru')
  await button(fresh, 'Simpan dan masuk').click()
  await link(fresh, /Sosialisasi Aplikasi/).waitFor()
  await second.close()

  await facilitator.setOffline(false)
  await page.goto('/')
  await waitForStatus(page, /1 menunggu. Masuk kembali untuk mengirim/)
  await page.getByText('Perangkat ini tidak lagi masuk ke server').waitFor()
  expect(await page.getByText('tanpa akun').count()).toBe(0)
  await recordWalkIn(page, eventPath, 'Ningsih Contoh')
  await page.goto('/masuk')
  await page.getByLabel('Surel').fill(email)
  await page.getByLabel('Kata sandi').fill('kalimat yang lebih baru')
  await button(page, /^Masuk$/).click()
  await link(page, /Sosialisasi Aplikasi/).waitFor()
  await waitForStatus(page, /Terkirim/)
  expect([facilitator.errors, second.errors]).toEqual([[], []])
})

test('the office’s provider opens an account that is tied to it, and tells a stranger whom to ask', async () => {
  const page = facilitator.page()
  provider.state.citizen = { sub: '7', email, email_verified: true, name: 'Fasilitator Contoh' }
  await page.goto('/akun')
  await button(page, 'Hubungkan').click()
  await page.getByText(`Akun ini terhubung dengan ${providerName}.`).waitFor()
  const second = await openPhone(url)
  const fresh = second.page()
  await fresh.goto('/masuk')
  await button(fresh, `Masuk dengan ${providerName}`).click()
  await link(fresh, /Sosialisasi Aplikasi/).waitFor()
  await second.close()
  provider.state.citizen = { sub: '8', email: 'asing@contoh.example', email_verified: true }
  const third = await openPhone(url)
  const strange = third.page()
  await strange.goto('/masuk')
  await button(strange, `Masuk dengan ${providerName}`).click()
  await strange.getByText('belum ada yang mengundang Anda').waitFor()
  expect([second.errors, third.errors]).toEqual([[], []])
  await third.close()
})
