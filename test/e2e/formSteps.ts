import type { Page } from 'playwright-core'
import { button } from './site.ts'

/** Adds a ready form to an event and opens it to the attendees; its results' address. */
export async function openForm(page: Page, eventPath: string, name: string, anonymous: boolean): Promise<string> {
  await page.goto(`${eventPath}/umpan-balik`)
  await button(page, 'Tambah formulir').click()
  await page.getByRole('button', { name, exact: true }).click()
  const box = page.getByLabel(/Anonim/)
  await box.setChecked(anonymous)
  await button(page, 'Buka formulir').click()
  await page.getByText('Formulir terbuka').waitFor()
  return `${new URL(page.url()).pathname.replace(/\/ubah$/, '')}/hasil`
}

/** Answers every question that is shown with its last choice, and each text with `saran`. */
export async function fillQuestions(page: Page, saran: string): Promise<void> {
  await page.locator('.questions > li').first().waitFor()
  for (const group of await page.locator('.questions fieldset:has(input[type=radio])').all())
    await group.locator('label').last().click()
  for (const text of await page.locator('.questions textarea').all()) await text.fill(saran)
}
