import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gatePath } from '../../src/core/gate.ts'
import { openFirefox } from '../support/firefox.ts'
import type { OtherBrowser } from '../support/otherBrowser.ts'
import { openPhone, type Phone } from '../support/phone.ts'
import { openWebKit } from '../support/webkit.ts'
import { addMaterial, isOnServer, makeFilm } from './materialSteps.ts'
import { countPresent, openGate, openSite, type Site, setUp } from './site.ts'

let site: Site
let office: Phone
let eventPath: string
let gateLink: string
const film = makeFilm()
const picture = join(import.meta.dirname, '../../public/icon-192.png')

beforeAll(async () => {
  site = await openSite()
  office = await openPhone(site.url)
  eventPath = await setUp(office, site)
  gateLink = gatePath(await openGate(office, eventPath))
})

afterAll(async () => {
  await office?.close()
  await site?.stop()
})

/** The middle of what has a label or words on it, scrolled into sight; `undefined` while it is not there. */
function findMiddle(kind: 'field' | 'button' | 'canvas', name: string): { x: number; y: number } | undefined {
  const isNamed = (element: Element) =>
    (element.getAttribute('aria-label') ?? element.textContent)?.trim().startsWith(name)
  const found = {
    field: () => [...document.querySelectorAll('label')].find(isNamed)?.control,
    button: () => [...document.querySelectorAll('button, a, summary')].find(isNamed),
    canvas: () => document.querySelector('canvas'),
  }[kind]()
  if (!found || (found instanceof HTMLButtonElement && found.disabled)) return undefined
  found.scrollIntoView({ block: 'center', behavior: 'instant' })
  const { left, top, width, height } = found.getBoundingClientRect()
  return { x: Math.round(left + width / 2), y: Math.round(top + height / 2) }
}

const widthOfPicture = () => document.querySelector<HTMLImageElement>('.material-picture')?.naturalWidth ?? 0
/** Whether the film that is shown can be played, and where it comes from; its length is told by its last bytes. */
const stateOfFilm = () => {
  const film = document.querySelector('video')
  return { isReady: film !== null && film.readyState >= 2, seconds: film?.duration, from: film?.src.split('/')[3] }
}
const textOfPage = () => document.body.textContent
const down = { type: 'pointerDown', button: 0 } as const
const up = { type: 'pointerUp', button: 0 } as const

/** What a person does in such a browser, each as soon as the page lets her. */
function personIn(browser: OtherBrowser) {
  const until = { interval: 100 }
  /**
   * Where something is once it stays there: beside it a press is lost, and a stroke selects text
   * that the next one drags.
   */
  async function find(kind: Parameters<typeof findMiddle>[0], name = '') {
    let middle: ReturnType<typeof findMiddle> | null | undefined
    const rests = async () => {
      const before = middle
      middle = await browser.run(findMiddle, kind, name)
      return middle !== null && middle?.x === before?.x && middle?.y === before?.y
    }
    await expect.poll(rests, until).toBe(true)
    return middle ?? { x: 0, y: 0 }
  }
  async function press(kind: 'field' | 'button', name: string) {
    await browser.act('pointer', [{ type: 'pointerMove', ...(await find(kind, name)) }, down, up])
  }
  async function drawn() {
    await browser.run(() => getSelection()?.removeAllRanges())
    const { x, y } = await find('canvas')
    for (const left of [-80, -10, 60]) {
      const line = [0, 1, 2, 3, 4, 5, 6].map(
        (step) => ({ type: 'pointerMove', x: x + left + step * 7, y: y + (step % 2 ? -40 : 25) }) as const,
      )
      /** Lifted first: where an action failed midway the pen is still down, and another down would do nothing. */
      await browser.act('pointer', [up, ...line.slice(0, 1), down, ...line.slice(1), up])
    }
    return browser.run(findMiddle, 'button', 'Ulangi')
  }
  return {
    press: (name: string) => press('button', name),
    fill: async (label: string, text: string) => {
      await press('field', label)
      const keys = [...text].flatMap((value) => [
        { type: 'keyDown', value } as const,
        { type: 'keyUp', value } as const,
      ])
      await browser.act('key', keys)
    },
    /** Three strokes; again where the page moved below the pen, as somebody does who sees nothing drawn. */
    sign: () => expect.poll(drawn, until).toBeTruthy(),
    sees: (words: string) => expect.poll(() => browser.run(textOfPage), until).toContain(words),
  }
}

it('the office adds what other browsers are to open', async () => {
  const page = office.page()
  await addMaterial(page, eventPath, { title: 'Ringkasan', text: 'Baris satu' })
  await addMaterial(page, eventPath, { title: 'Gambar', choose: picture })
  await addMaterial(page, eventPath, { title: 'Film', choose: film.path })
  await expect.poll(() => isOnServer(page, eventPath, film.content)).toBe(true)
})

describe.each([
  ['Firefox', openFirefox],
  ['WebKitGTK', openWebKit],
])('an attendee’s page in %s', (name, openBrowser) => {
  let browser: OtherBrowser
  let person: ReturnType<typeof personIn>
  beforeAll(async () => {
    browser = await openBrowser()
    person = personIn(browser)
  })
  afterAll(() => browser?.close())

  it('opens by link, takes name and signature, and shows the receipt of what reached the server', async () => {
    await browser.open(site.url + gateLink)
    await person.fill('Nama lengkap', `Tamu ${name}`)
    await person.press('Lanjut')
    await person.sign()
    await person.press('Simpan')
    await person.sees('Kehadiran tercatat')
    await person.sees('Sudah sampai di server')
    expect(await countPresent(office, eventPath, `Tamu ${name}`)).toBe(1)
  })

  it('opens materials: a text, a picture, and a film in parts, each with a way back', async () => {
    await person.press('Buka Ringkasan')
    await person.sees('Baris satu')
    await person.press('Kembali')
    await person.press('Buka Gambar')
    await person.press('Tampilkan tanpa menyimpan')
    await expect.poll(() => browser.run(widthOfPicture)).toBe(192)
    await person.press('Kembali')
    await person.press('Buka Film')
    await person.press('Tampilkan tanpa menyimpan')
    await expect.poll(() => browser.run(stateOfFilm)).toEqual({ isReady: true, seconds: 4, from: 'api' })
    await person.press('Kembali')
    await person.press('Simpan di perangkat: Film')
    await person.sees('Tersimpan di perangkat ini')
  })

  it('[S1] opens again without a server, plays what was saved, keeps what is signed there, and sends it later by itself', async () => {
    await person.press('Simpan untuk dipakai')
    await person.sees('Siap dipakai tanpa internet')
    await site.stop()
    await browser.open(site.url + gateLink)
    await person.press('Buka Film')
    await expect.poll(() => browser.run(stateOfFilm)).toEqual({ isReady: true, seconds: 4, from: 'tersimpan' })
    await person.press('Kembali')
    await person.press('Isi untuk orang lain')
    await person.fill('Nama lengkap', `Teman ${name}`)
    await person.press('Lanjut')
    await person.sign()
    await person.press('Simpan')
    await person.sees('Tersimpan, belum terkirim')
    await person.sees('Tunjukkan kode ini')
    await site.start()
    await person.sees('Kehadiran tercatat')
    expect(await countPresent(office, eventPath, `Teman ${name}`)).toBe(1)
  })
})
