import type { Page } from 'playwright-core'
import { gatePath } from '../../src/core/gate.ts'
import { button, fillWalkIn } from '../e2e/site.ts'
import { drawSignature, waitInstalled } from '../support/phone.ts'

/** Who records people on a phone of his own. */
export type Recorder = {
  /** The screen he starts at. */
  home: string
  join: (page: Page) => Promise<void>
  /** Fills in one more person, and leaves saving to the test. */
  fill: (page: Page, name: string) => Promise<void>
  /** What tells him that somebody is saved, beside the name. */
  confirmation: string
}

export function createFacilitator(url: string, space: string, makeCode: () => Promise<string>): Recorder {
  const home = `${url}/kegiatan/${space}`
  return {
    home,
    join: async (page) => {
      await page.goto(`${url}/gabung#${await makeCode()}`)
      await page.getByLabel('Nama Anda').fill('Fasilitator Contoh')
      await button(page, 'Gabung').click()
      await page.getByText('dapat dipakai tanpa internet').first().waitFor()
      await waitInstalled(page, { team: true })
    },
    fill: (page, name) => fillWalkIn(page, home, name),
    confirmation: '.confirmation',
  }
}

/** Signs others in, too, after himself. */
export function createGuest(url: string, gateCode: string): Recorder {
  const home = url + gatePath(gateCode)
  return {
    home,
    join: async (page) => {
      await page.goto(home)
      await page.getByLabel('Nama lengkap').waitFor()
      await waitInstalled(page)
    },
    fill: async (page, name) => {
      const another = button(page, 'Isi untuk orang lain')
      if (await another.isVisible()) await another.click()
      await page.getByLabel('Nama lengkap').fill(name)
      await button(page, 'Lanjut').click()
      await drawSignature(page)
    },
    confirmation: '.receipt',
  }
}

/** What a screen says of a record: that it is saved, that it is recorded but may be lost, or neither. */
export type Answer = 'saved' | 'unsafe' | 'refused'

/** Presses "Simpan", and reads what the screen says of this person within `answerMs`. */
export async function save(page: Page, { confirmation }: Recorder, name: string, answerMs: number): Promise<Answer> {
  const told = page.locator(confirmation, { hasText: name })
  const alarm = page.getByRole('alert')
  const refused = alarm.filter({ hasText: 'Belum tersimpan' })
  try {
    await button(page, 'Simpan').click({ timeout: answerMs })
    await told.or(refused).first().waitFor({ timeout: answerMs })
  } catch {
    /** A browser whose disk is full may answer nothing at all. */
  }
  if (!(await told.isVisible())) return 'refused'
  return (await alarm.filter({ hasText: 'belum aman' }).isVisible()) ? 'unsafe' : 'saved'
}
