import { cleanup, screen, waitFor } from '@testing-library/preact'
import { strToU8, zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { Database } from '../../src/client/db/schema.ts'
import { createSavedFiles } from '../../src/client/device/savedFiles.ts'
import { savesData } from '../../src/client/device/storage.ts'
import type { OpenSpace } from '../../src/client/state/openSpace.ts'
import type { AppParts } from '../../src/client/ui/app.ts'
import { Materials } from '../../src/client/ui/screens/materials/Materials.tsx'
import { ShowMaterial } from '../../src/client/ui/screens/materials/ShowMaterial.tsx'
import type { FileType } from '../../src/core/fileType.ts'
import { readMaterials, setMaterial } from '../../src/core/material.ts'
import { bootApp, organizerDatabase, showScreen } from '../support/app.tsx'
import { openEvent } from '../support/event.tsx'
import { beIPhone, useHandedOver } from '../support/handedOver.ts'
import { button, press } from '../support/hands.ts'

const { saved, shared, giveShare } = useHandedOver()
const office = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const docx = zipSync({
  '[Content_Types].xml': strToU8(
    `<Types><Override PartName="/word/document.xml" ContentType="${office}.main+xml"/></Types>`,
  ),
  'word/document.xml': strToU8('<w:document/>'),
}).slice()

/** A tone of one second, 8 kHz and 8 bit, as a recorder writes it. */
function makeSound(): Blob {
  const words = (...values: number[]) => new Uint32Array(values)
  const tone = Uint8Array.from({ length: 8_000 }, (_, i) => 128 + 100 * Math.sin(i / 3))
  const format = [words(16), new Uint16Array([1, 1]), words(8_000, 8_000), new Uint16Array([1, 8])]
  return new Blob(['RIFF', words(36 + tone.length), 'WAVEfmt ', ...format, 'data', words(tone.length), tone])
}

async function makePicture(): Promise<Blob> {
  const canvas = new OffscreenCanvas(64, 48)
  canvas.getContext('2d')?.fillRect(8, 8, 20, 20)
  return canvas.convertToBlob({ type: 'image/png' })
}

let db: Database
let app: AppParts
let space: OpenSpace

beforeEach(async () => {
  db = await organizerDatabase()
  app = await bootApp(db)
  space = (await openEvent(app, [])).space
})
afterEach(async () => {
  cleanup()
  await caches.delete('materi')
})

/** Adds a file here, and shows it. */
async function show(content: BlobPart, name: string, type: string): Promise<void> {
  const added = await app.uploads.add(space, undefined, { title: 'Materi Contoh' }, new File([content], name, { type }))
  if (!added.ok) throw new Error(added.failure.kind)
  await showScreen(app, 'shell materials handOver', ShowMaterial, { space: space.id, material: added.value })
}

/** A file that only the server has. */
async function showOnServer(type: FileType): Promise<void> {
  const file = 'H'.repeat(43)
  await space.commit([
    setMaterial('m', { title: 'Materi Contoh', form: 'file', type, file, uploaded: file, sizeBytes: 2_000 }),
  ])
  await showScreen(app, 'shell materials handOver', ShowMaterial, { space: space.id, material: 'm' })
}

const downloadLinks = () => document.querySelectorAll('a[download]').length

describe('a material in the app', () => {
  it('is a picture', async () => {
    await show(await makePicture(), 'denah.png', 'image/png')
    const picture = await screen.findByRole('img', { name: 'Materi Contoh' })
    await waitFor(() => expect(picture).toHaveProperty('naturalWidth', 64))
  })

  it('is a sound, which is played', async () => {
    await show(makeSound(), 'lagu.wav', 'audio/wav')
    await waitFor(() => expect(document.querySelector('audio')?.duration).toBeCloseTo(1))
    const sound = document.querySelector('audio') ?? new Audio()
    /** Browsers play nothing before a person has touched the page. */
    await userEvent.click(screen.getByRole('heading', { level: 1 }))
    await sound.play()
    await waitFor(() => expect(sound.currentTime).toBeGreaterThan(0.1))
  })
})

describe('a file that another app opens', () => {
  it('goes through the share sheet, as the file that it is', async () => {
    giveShare()
    await show(docx, 'naskah.docx', office)
    await press('Buka dengan aplikasi lain')
    await waitFor(() => expect(shared.map(({ name }) => name)).toEqual(['Materi Contoh.docx']))
    expect(new Uint8Array((await shared[0]?.arrayBuffer()) ?? [])).toEqual(docx)
    expect(saved).toEqual([])
  })

  it('takes one more tap where the browser wants one', async () => {
    giveShare('NotAllowedError')
    await show(docx, 'naskah.docx', office)
    await press('Buka dengan aplikasi lain')
    await screen.findByText('Ketuk sekali lagi untuk membagikan berkas.')
    await press('Buka dengan aplikasi lain')
    await waitFor(() => expect(shared).toHaveLength(1))
    expect(screen.queryByText(/Ketuk sekali lagi/)).toBeNull()
  })

  it('is copied to the downloads where there is no share sheet, and says so', async () => {
    await show(docx, 'naskah.docx', office)
    await press('Salin ke folder Unduhan')
    await screen.findByText('Materi Contoh.docx ada di folder Unduhan.')
    expect(saved.map(({ name }) => name)).toEqual(['Materi Contoh.docx'])
    expect(screen.queryByRole('button', { name: 'Buka dengan aplikasi lain' })).toBeNull()
  })

  it('never becomes a download on an iPhone, which would open it in place of the app', async () => {
    giveShare()
    beIPhone()
    await show(docx, 'naskah.docx', office)
    await press('Buka dengan aplikasi lain')
    await waitFor(() => expect(shared).toHaveLength(1))
    expect(screen.queryByRole('button', { name: 'Salin ke folder Unduhan' })).toBeNull()
    expect([saved, downloadLinks()]).toEqual([[], 0])
  })

  it.each<FileType>([office, 'application/pdf'])(
    'that is on the server only is kept first on an iPhone: %s',
    async (type) => {
      beIPhone()
      await showOnServer(type)
      await screen.findByText(/Simpan berkas ini di perangkat untuk membukanya/)
      expect(await button('Simpan di perangkat: Materi Contoh')).toBeTruthy()
      expect(downloadLinks()).toBe(0)
    },
  )

  it('that is on the server only may be downloaded elsewhere', async () => {
    await showOnServer(office)
    await screen.findByText('Unduh tanpa menyimpan di Hadir')
    expect(downloadLinks()).toBe(1)
  })

  it('that is on the server only says without a network that it comes later', async () => {
    await showOnServer(office)
    app.syncNow()
    await screen.findByText(/^Server sedang tidak terjangkau\. Berkas yang disimpan diambil sendiri/)
    expect(await button('Simpan di perangkat: Materi Contoh')).toBeTruthy()
  })
})

describe('files that are kept', () => {
  const hashes = ['A'.repeat(43), 'B'.repeat(43)]

  beforeEach(async () => {
    const shelf = createSavedFiles()
    for (const hash of hashes) {
      await shelf.write({
        ...{ hash, spaces: [space.id], type: office, sizeBytes: 1_000, isWhole: true, isPaused: false, usedAt: 7 },
      })
      await shelf.addPart(hash, 0, new Uint8Array(1_000))
    }
    await space.commit(
      hashes.map((file, i) =>
        setMaterial(`m${i}`, {
          ...{ title: `Materi ${i}`, form: 'file', type: office, file, uploaded: file, sizeBytes: 1_000, order: i },
        }),
      ),
    )
    /** The page is opened again. */
    app = await bootApp(db)
    await showScreen(app, 'shell materials materialForm', Materials, { space: space.id })
  })
  const keptPaths = async () => (await (await caches.open('materi')).keys()).map(({ url }) => new URL(url).pathname)

  it('are taken off the device one by one, or all together', async () => {
    await press('Hapus dari perangkat: Materi 0')
    await button('Simpan di perangkat: Materi 0')
    await waitFor(async () => expect((await keptPaths()).filter((path) => path.includes('A'.repeat(43)))).toEqual([]))
    expect(await keptPaths()).toHaveLength(2)
    await press('Hapus semua dari perangkat (1 kB)')
    await button('Simpan di perangkat: Materi 1')
    await waitFor(async () => expect(await keptPaths()).toEqual([]))
  })
})

describe('the order of materials', () => {
  it('is changed by moving one up or down, also where several had the same place', async () => {
    const titles = () => screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent)
    await space.commit(['a', 'b', 'c'].map((id) => setMaterial(id, { title: id, form: 'text', text: id, order: 1 })))
    await showScreen(app, 'shell materials materialForm', Materials, { space: space.id })
    await button('Naik: c')
    expect(titles()).toEqual(['a', 'b', 'c'])
    expect(await button('Naik: a')).toHaveProperty('disabled', true)
    expect(await button('Turun: c')).toHaveProperty('disabled', true)
    await press('Naik: c')
    await waitFor(() => expect(titles()).toEqual(['a', 'c', 'b']))
    await waitFor(async () => expect(await button('Turun: a')).toHaveProperty('disabled', false))
    await press('Turun: a')
    await waitFor(() => expect(titles()).toEqual(['c', 'a', 'b']))
    const orders = space
      .view(readMaterials)
      .peek()
      .map(({ order }) => order)
    expect(new Set(orders).size).toBe(3)
  })
})

describe('a phone that saves data', () => {
  const setConnection = (value: { saveData: boolean } | undefined) =>
    Object.defineProperty(navigator, 'connection', { configurable: true, value })
  afterEach(() => {
    Reflect.deleteProperty(navigator, 'connection')
    Reflect.deleteProperty(navigator, 'serviceWorker')
  })

  it.each([
    [{ saveData: true }, true],
    [{ saveData: false }, false],
    [undefined, false],
  ])('says so by its connection: %j', (connection, expected) => {
    setConnection(connection)
    expect(savesData()).toBe(expected)
  })

  it.each([
    [false, [{ type: 'COMPLETE_CACHE', groups: ['pdf'] }]],
    [true, []],
  ])('that keeps a PDF fetches what shows it, unless data is to be saved: %s', async (saveData, expected) => {
    const asked: unknown[] = []
    const controller = { postMessage: (message: unknown) => asked.push(message) }
    const serviceWorker = { controller, addEventListener: () => undefined, removeEventListener: () => undefined }
    setConnection({ saveData })
    const content = new File(['%PDF-1.7\n%%EOF'], 'a.pdf', { type: 'application/pdf' })
    const added = await app.uploads.add(space, undefined, { title: 'Materi' }, content)
    if (!added.ok) throw new Error(added.failure.kind)
    Object.defineProperty(navigator, 'serviceWorker', { configurable: true, value: serviceWorker })
    const [material] = space.view(readMaterials).peek()
    if (!material) throw new Error('no material')
    await app.saved.save(space.id, material)
    await expect.poll(() => app.saved.files.value.get(material.file)?.state).toBe('saved')
    expect(asked).toEqual(expected)
  })
})
