import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDatabase, type Database } from '../../src/client/db/schema.ts'
import { loadWords } from '../../src/client/i18n/i18n.ts'
import { recordAttendance } from '../../src/client/state/attendance.ts'
import { changeConsents } from '../../src/client/state/consents.ts'
import { noteExport } from '../../src/client/state/exports.ts'
import type { OpenSpace } from '../../src/client/state/openSpace.ts'
import type { AppParts } from '../../src/client/ui/app.ts'
import { standingFacts } from '../../src/core/fold.ts'
import { dayAt } from '../../src/core/time.ts'
import { readCsv } from '../../src/documents/read/csv.ts'
import { readTables } from '../../src/documents/read/readTables.ts'
import { bootApp } from '../support/app.tsx'
import { openEvent, showAt } from '../support/event.tsx'
import { beIPhone, useHandedOver } from '../support/handedOver.ts'
import { press } from '../support/hands.ts'
import { sampleInk } from '../unit/documents/sampleEvent.ts'

const { saved, shared, giveShare } = useHandedOver()
const start = location.pathname + location.search
let db: Database
let app: AppParts
let space: OpenSpace

const people = [
  { name: 'Budi Contoh', nip: '198004212010011001', phone: '+6281234567890', roles: ['peserta' as const] },
  { name: 'Siti Umpama', roles: ['narasumber' as const] },
  { name: 'Rudi Misal', roles: ['peserta' as const] },
]

beforeEach(async () => {
  db = createDatabase(`test-${crypto.randomUUID()}`)
  app = await bootApp(db)
  await loadWords('documents')
})
afterEach(() => {
  cleanup()
  history.replaceState(null, '', start)
})

/** An event to which the first two came, at its first session. */
async function openDocuments(query = '', titles?: string[]): Promise<void> {
  const opened = await openEvent(app, people, titles)
  space = opened.space
  for (const person of opened.ids.slice(0, 2))
    await recordAttendance(space, { person, session: opened.session, method: 'facilitator', ink: sampleInk(1) })
  await showAt(app, `/kegiatan/${space.id}/dokumen${query}`)
}

/** What the log says was taken out. */
const exportsIn = ({ view }: OpenSpace) =>
  view((now) => [...standingFacts(now, 'exported')].map(({ fields }) => fields)).value

/** A file with people in it is asked about first. */
async function save(format: string): Promise<void> {
  await press(`Unduh Daftar Hadir (${format})`)
  await press('Unduh dan catat')
}

async function download(format: string): Promise<File> {
  await save(format)
  await screen.findByText(/^Diunduh sebagai daftar-hadir-/)
  const file = saved.at(-1)
  if (!file) throw new Error('no file')
  return file
}

async function readWorkbook(file: File) {
  const read = await readTables(new Uint8Array(await file.arrayBuffer()))
  return read.ok ? read.value.tables : []
}

async function names(file: File) {
  const [head, ...rows] = readCsv(await file.text())
  return rows.map((row) => row[head?.indexOf('Nama') ?? -1])
}

describe('documents, without a network', () => {
  it('say what they contain and what is not yet sent', async () => {
    await openDocuments()
    const [first] = within(await screen.findByRole('region', { name: 'Berkas daftar hadir' })).getAllByRole('listitem')
    await waitFor(() => expect(first?.textContent).toContain('2 orang, 4 belum terkirim'))
  })

  it('are a PDF, a workbook and a CSV of those who came', async () => {
    await openDocuments()
    const day = dayAt(app.wall(), 'WITA')
    const pdf = await download('PDF')
    expect([pdf.name, pdf.type, await pdf.slice(0, 5).text()]).toEqual([
      `daftar-hadir-${day}.pdf`,
      'application/pdf',
      '%PDF-',
    ])
    expect(pdf.size).toBeGreaterThan(3000)
    const csv = await download('CSV')
    expect(await names(csv)).toEqual(['Budi Contoh', 'Siti Umpama'])
    expect(await csv.text()).toContain('"19800421 201001 1 001"')
    const tables = await readWorkbook(await download('Excel'))
    expect(tables).toHaveLength(2)
    expect(tables[0]?.rows.flat()).toContain('19800421 201001 1 001')
    expect(tables[0]?.rows.flat().join(' ')).toContain('4 belum terkirim')
  })

  it('say what was freely agreed to, also when it is no longer offered', async () => {
    await openDocuments()
    const [budi] = [...space.people.value.values()].filter(({ name }) => name === 'Budi Contoh')
    await changeConsents(space, budi?.id ?? '', { photo: true })
    const [head, ...rows] = readCsv(await (await download('CSV')).text())
    const at = head?.indexOf('Persetujuan: foto dalam publikasi') ?? -1
    expect(rows.map((row) => row[at])).toEqual(['Ya', null])
    expect(head?.join()).not.toContain('Persetujuan: grup')
  })

  it('are each noted in the history, which counts as unsent but not as a change to the list', async () => {
    await openDocuments()
    await download('CSV')
    await download('PDF')
    await expect.poll(() => space.unsent.value.count).toBe(6)
    const noted = (await app.spaces.history(space.id)).flatMap(({ lines }) =>
      lines.flatMap((line) => (line.type === 'fact' && line.kind === 'exported' ? [line.fields] : [])),
    )
    expect(noted).toEqual([
      { what: 'sheet', format: 'pdf' },
      { what: 'sheet', format: 'csv' },
    ])
    const tables = await readWorkbook(await download('Excel'))
    expect(tables[0]?.rows.flat().join(' ')).toContain('4 belum terkirim')
  })

  it('are noted of a viewer too, and of nobody once the right has ended', async () => {
    await openDocuments()
    await db.spaces.update(space.id, { role: 'viewer' })
    await expect.poll(() => space.role.value).toBe('viewer')
    await download('CSV')
    await expect.poll(() => space.unsent.value.count).toBe(5)
    await db.spaces.update(space.id, { revoked: true })
    await expect.poll(() => space.isEnded.value).toBe(true)
    await noteExport(space, { what: 'sheet', format: 'csv' })
    expect(space.unsent.value.count).toBe(5)
  })

  it('follow the choice of group, of people, of order and of the phone column, which the address keeps', async () => {
    await openDocuments('?isi=everyone&urutan=name&hp=1')
    expect(await names(await download('CSV'))).toEqual(['Budi Contoh', 'Rudi Misal', 'Siti Umpama'])
    expect(await saved[0]?.text()).toContain('0812-3456-7890')
    fireEvent.change(screen.getByLabelText('Kelompok peran'), { target: { value: 'narasumber' } })
    await waitFor(() => expect(location.search).toContain('kelompok=narasumber'))
    expect(location.search).toContain('isi=everyone')
    await save('CSV')
    await waitFor(() => expect(saved).toHaveLength(2))
    expect(saved[1]?.name).toContain('-narasumber.csv')
    expect(saved[1] && (await names(saved[1]))).toEqual(['Siti Umpama'])
  })

  it('are asked about while they name people: what they hold, and that it is noted; a no makes and notes nothing', async () => {
    await openDocuments()
    await press('Unduh Daftar Hadir (PDF)')
    const dialog = within(await screen.findByRole('dialog', { name: 'Unduh data lengkap?' }))
    dialog.getByText(/memuat data pribadi 2 orang tanpa disamarkan/)
    dialog.getByText(/dicatat dalam riwayat/)
    fireEvent.click(dialog.getByRole('button', { name: 'Batalkan' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(exportsIn(space)).toEqual([])
    await download('CSV')
    expect(saved).toHaveLength(1)
    expect(exportsIn(space)).toEqual([{ what: 'sheet', format: 'csv' }])
  })

  it('are of all sessions or of one', async () => {
    await openDocuments('', ['Pagi', 'Siang'])
    expect(await readWorkbook(await download('Excel'))).toHaveLength(3)
    fireEvent.change(screen.getByLabelText('Sesi'), { target: { value: space.sessions.value[1]?.id } })
    await screen.findByText('Belum ada yang hadir')
  })

  it('of an event to which nobody came are a blank sheet', async () => {
    space = (await openEvent(app, people)).space
    await showAt(app, `/kegiatan/${space.id}/dokumen`)
    await press('Siapkan lembar dengan 25 baris kosong')
    await press('Unduh Daftar Hadir (Excel)')
    await waitFor(() => expect(saved).toHaveLength(1))
    const [table] = saved[0] ? await readWorkbook(saved[0]) : []
    expect(table?.rows.flat().map(String)).toContain('25')
  })

  it('can be stopped while they are made', async () => {
    await openDocuments('?kosong=200')
    await save('PDF')
    await press('Batalkan')
    await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull())
    await download('CSV')
    expect(saved).toHaveLength(1)
  })
})

describe('sharing', () => {
  it('gives the share sheet a masked file without signatures', async () => {
    giveShare()
    await openDocuments('?hp=1')
    await press('Bagikan (disamarkan) Daftar Hadir (CSV)')
    await screen.findByText(/sudah diserahkan/)
    const text = (await shared[0]?.text()) ?? ''
    expect(shared[0]?.name).toContain('-disamarkan.csv')
    expect(text).toContain('1980**** ****** * 001')
    expect(text).not.toContain('Ditandatangani')
    expect(text).not.toContain('0812-3456-7890')
    expect(saved).toEqual([])
  })

  it('asks for one more tap when the first is too long ago for the browser', async () => {
    giveShare('NotAllowedError')
    await openDocuments()
    await press('Bagikan (disamarkan) Daftar Hadir (PDF)')
    await press('Bagikan sekarang')
    await screen.findByText(/sudah diserahkan/)
  })

  it('also takes a full file on iOS, where a download would replace the app', async () => {
    beIPhone()
    giveShare()
    await openDocuments()
    await save('CSV')
    await screen.findByText(/sudah diserahkan/)
    expect(await shared[0]?.text()).toContain('19800421 201001 1 001')
    expect(saved).toEqual([])
  })

  it('downloads the masked file where the browser cannot share, and says so', async () => {
    await openDocuments()
    await press('Bagikan (disamarkan) Daftar Hadir (CSV)')
    await screen.findByText(/tidak dapat membagikan berkas/)
    expect(await saved[0]?.text()).toContain('1980**** ****** * 001')
  })
})
