import { createHash, randomBytes } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import type { Link } from '../../src/client/sync/link.ts'
import { button } from '../e2e/site.ts'
import { must } from '../support/browserLink.ts'
import { waitInstalled } from '../support/phone.ts'
import { temporaryFolder } from '../support/server.ts'
import { openChromium } from './chromium.ts'
import { withCleanup } from './cleanup.ts'
import { createWriter, setUpOrganizer } from './clients.ts'
import { type Counts, randomUpTo } from './counts.ts'
import { openSite } from './site.ts'

type Video = { path: string; hash: string; sizeBytes: number }

/** Bytes of chance behind the beginning of an MP4, in a file. */
function makeVideo(folder: string, sizeBytes: number): Video {
  const path = join(folder, 'rekaman.mp4')
  const file = openSync(path, 'w')
  const hash = createHash('sha256')
  for (let written = 0; written < sizeBytes; ) {
    const bytes = randomBytes(Math.min(1_048_576, sizeBytes - written))
    if (written === 0) bytes.set([0, 0, 0, 24, ...Buffer.from('ftypisom')])
    hash.update(bytes)
    written += writeSync(file, bytes)
  }
  closeSync(file)
  return { path, hash: hash.digest('base64url'), sizeBytes }
}

/** Chooses a file by its path: playwright itself would carry it through a message, and refuses 50 MB. */
async function choose(page: Page, path: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const { root } = await session.send('DOM.getDocument')
  const selector = 'input[type=file]:not([accept*="image/*"])'
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector })
  await session.send('DOM.setFileInputFiles', { nodeId, files: [path] })
  await session.detach()
}

/** What the server gives out to this browser. */
async function hashInPage(page: Page, address: string): Promise<string> {
  const bytes = await page.evaluate(async (file) => {
    const content = await (await fetch(file, { cache: 'no-store' })).arrayBuffer()
    return [...new Uint8Array(await crypto.subtle.digest('SHA-256', content))]
  }, address)
  return Buffer.from(bytes).toString('base64url')
}

/** Where the server stands; asked for as another device of the team, which may go on with the same file. */
async function readOffset(link: Link, space: string, { hash, sizeBytes }: Video): Promise<number> {
  for (;;) {
    const said = await link.beginFile(space, { hash, sizeBytes, type: 'video/mp4' })
    await after(20)
    if (said.ok) return said.value.complete ? sizeBytes : said.value.offset
    if (said.failure.kind !== 'offline') must(said)
  }
}

/**
 * A facilitator adds a video through the built app's screens while there is no server. Once there is one it is sent,
 * and interrupted again and again: the server is killed, the whole browser is killed, the network is gone. What was
 * answered is never sent again, nobody presses anything, and in the end the server gives out exactly these bytes.
 */
export function uploadVideo(sizeBytes: number, interruptions: number): Promise<Counts> {
  return withCleanup(async (atEnd) => {
    const [dist, profile, folder] = [temporaryFolder(), temporaryFolder(), temporaryFolder()]
    for (const made of [dist, profile, folder]) atEnd(() => rm(made, { recursive: true, force: true }))
    await cp('dist', dist, { recursive: true })
    const video = makeVideo(folder, sizeBytes)
    const site = await openSite({ HADIR_DATA: join(folder, 'data'), HADIR_DIST: dist }, atEnd, ['--demo'])
    await setUpOrganizer(site)
    const { link } = await createWriter(site.address)
    const space = must(await link.session()).spaces[0]?.space ?? ''
    const { code } = must(await link.invite(space, { role: 'facilitator' }))
    const url = await site.address()
    const materials = `${url}/kegiatan/${space}/materi`

    let browser = await openChromium(profile, atEnd)
    await browser.page.goto(`${url}/gabung#${code}`)
    await browser.page.getByLabel('Nama Anda').fill('Fasilitator Contoh')
    await button(browser.page, 'Gabung').click()
    await browser.page.getByText('dapat dipakai tanpa internet').first().waitFor()
    await waitInstalled(browser.page, { team: true })
    await browser.page.goto(`${materials}/baru`)
    await button(browser.page, 'Pilih berkas').waitFor()
    await site.stop()
    await choose(browser.page, video.path)
    await browser.page.getByLabel('Judul materi').fill('Rekaman sesi')
    await button(browser.page, 'Simpan').click()
    await browser.page.getByRole('heading', { name: 'Rekaman sesi' }).waitFor({ timeout: 240_000 })
    await browser.quit()

    browser = await openChromium(profile, atEnd)
    await site.start()
    await browser.page.goto(materials)
    let [lost, offset] = [0, 0]
    const kinds = [
      async () => {
        await site.kill()
        await site.start()
      },
      async () => {
        await browser.kill()
        browser = await openChromium(profile, atEnd)
        await browser.page.goto(materials)
      },
      async () => {
        await browser.page.context().setOffline(true)
        await after(randomUpTo(500))
        await browser.page.context().setOffline(false)
      },
    ]
    const step = sizeBytes / (interruptions + 1)
    for (let done = 1; done <= interruptions; done++) {
      do offset = await readOffset(link, space, video)
      while (offset < done * step)
      await kinds[done % kinds.length]?.()
      const now = await readOffset(link, space, video)
      if (now < offset) lost += offset - now
    }
    do offset = await readOffset(link, space, video)
    while (offset < sizeBytes)
    const isEqual = (await hashInPage(browser.page, `/api/v1/spaces/${space}/files/${video.hash}`)) === video.hash
    return { interruptions, acknowledged: sizeBytes, lost: lost + (isEqual ? 0 : sizeBytes) }
  })
}
