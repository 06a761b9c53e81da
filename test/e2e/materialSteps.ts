import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { drawSignature } from '../support/phone.ts'
import { temporaryFolder } from '../support/server.ts'
import { button, link } from './site.ts'

export const hashOf = (content: Uint8Array) => createHash('sha256').update(content).digest('base64url')

export const card = (page: Page, title: string): Locator => page.locator('li.card', { hasText: title })

/** Whether it is seen without scrolling, and the bar of actions does not lie over it. */
function isUncovered(place: Locator): Promise<boolean> {
  return place.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    return element.contains(document.elementFromPoint(left + width / 2, top + height / 2))
  })
}

export type NewMaterial = {
  title?: string
  choose?: Parameters<Locator['setInputFiles']>[0]
  text?: string
  audience?: string
  from?: string
  /** The form of `afterForm`, as it is called. */
  form?: string
}

export async function addMaterial(page: Page, eventPath: string, material: NewMaterial): Promise<void> {
  const { title, choose, text, audience, from, form } = material
  await page.goto(`${eventPath}/materi/baru`)
  const titleField = page.getByLabel('Judul materi')
  await titleField.waitFor()
  if (text) {
    await page.getByLabel('Teks singkat').check()
    await page.getByLabel('Teks', { exact: true }).fill(text)
  }
  if (choose) {
    await page.locator('input[type=file]').last().setInputFiles(choose)
    await page.locator('.tag-ok').waitFor()
    await expect.poll(() => isUncovered(page.locator('.tag-ok'))).toBe(true)
  }
  if (title) await titleField.fill(title)
  if (audience) await page.getByLabel('Siapa yang dapat melihat').selectOption(audience)
  if (from) await page.getByLabel('Peserta dapat membuka').selectOption(from)
  if (from === 'afterSession') await page.getByText(/^Terbuka .* WI[BT]A?, setelah sesi terakhir/).waitFor()
  if (form) await page.getByLabel('Formulir yang harus diisi lebih dahulu').selectOption({ label: form })
  await button(page, 'Simpan').click()
  await link(page, 'Tambah materi').waitFor()
}

/** An attendee's form, with the signature, up to the receipt, or what comes in its place. */
export async function signIn(
  page: Page,
  name: string,
  shown = page.locator('.receipt', { hasText: name }),
): Promise<void> {
  await page.getByLabel('Nama lengkap').fill(name)
  await button(page, 'Lanjut').click()
  await drawSignature(page)
  await button(page, 'Simpan').click()
  await shown.waitFor()
}

/** Whether the server has a content under its hash, whole and unchanged; `page` is one of the team's. */
export async function isOnServer(page: Page, eventPath: string, content: Uint8Array): Promise<boolean> {
  const answer = await page.request.get(`/api/v1/spaces/${eventPath.split('/').at(-1)}/files/${hashOf(content)}`)
  return answer.ok() && hashOf(await answer.body()) === hashOf(content)
}

/**
 * Four seconds of a test picture (ffmpeg's testsrc, VP9), longer by nothing between the pictures and the index behind
 * them, as phones write it: it is not played from memory, and the player has to ask for its end first. In three boxes,
 * since GStreamer, which plays films for WebKitGTK, takes none of more than 25 MB.
 */
export function makeFilm(): { path: string; content: Buffer } {
  const film = readFileSync(join(import.meta.dirname, '../support/data/film.mp4'))
  const index = film.indexOf('moov') - 4
  const nothing = Buffer.alloc(17_000_000)
  nothing.writeUInt32BE(nothing.length)
  nothing.write('free', 4)
  const content = Buffer.concat([film.subarray(0, index), nothing, nothing, nothing, film.subarray(index)])
  const path = join(temporaryFolder(), 'Film.mp4')
  writeFileSync(path, content)
  return { path, content }
}
