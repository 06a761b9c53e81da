import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDatabase, type Database } from '../../src/client/db/schema.ts'
import { loadWords } from '../../src/client/i18n/i18n.ts'
import { applyImport } from '../../src/client/state/imports.ts'
import type { OpenSpace } from '../../src/client/state/openSpace.ts'
import type { AppParts } from '../../src/client/ui/app.ts'
import { setPerson } from '../../src/core/person.ts'
import { bootApp } from '../support/app.tsx'
import form from '../support/data/formulir-pendaftaran.csv?url'
import kalsel from '../support/data/peserta-rakor-kalsel.csv?url'
import banten from '../support/data/undangan-sosialisasi-banten.xlsx?url'
import { openEvent, showAt } from '../support/event.tsx'
import { useHandedOver } from '../support/handedOver.ts'
import { button, press } from '../support/hands.ts'

const { saved } = useHandedOver()
const start = location.pathname + location.search
let db: Database
let app: AppParts
let space: OpenSpace

beforeEach(async () => {
  db = createDatabase(`test-${crypto.randomUUID()}`)
  app = await bootApp(db)
  space = (await openEvent(app, [])).space
  await loadWords('import')
  await showAt(app, `/kegiatan/${space.id}/impor`)
})
afterEach(() => {
  cleanup()
  history.replaceState(null, '', start)
})

const fileAt = async (url: string) => new File([await (await fetch(url)).blob()], 'daftar')
const fileOf = (...lines: string[]) => new File([lines.join('\n')], 'daftar.csv')
const crowd = (count: number) =>
  fileOf('Nama;OPD', ...Array.from({ length: count }, (_, at) => `Contoh ${at};Dinas ${at % 40}`))

/** The number on an outcome's filter, which is there only when the outcome is. */
async function count(outcome: string): Promise<number> {
  await button(/Semua baris$/)
  const filter = screen.queryByRole('button', { name: new RegExp(`^[\\d.]+ ?${outcome}$`) })
  return filter ? Number.parseInt(filter.textContent, 10) : 0
}

async function choose(file: File): Promise<void> {
  fireEvent.change(await screen.findByLabelText('Pilih berkas', { selector: 'input' }), { target: { files: [file] } })
}

async function preview(file: File): Promise<void> {
  await choose(file)
  await press('Lihat hasilnya')
  await screen.findByText('Langkah 3 dari 4')
}

describe('an import', () => {
  it.each([
    ['the invitation list of Banten', banten, { 'Akan ditambahkan': 107, 'Perlu dilihat': 21, 'Sudah ada': 0 }, 128],
    ['the participants of Kalsel', kalsel, { 'Akan ditambahkan': 60, 'Perlu dilihat': 0, 'Sudah ada': 0 }, 60],
    ['the answers of the web form', form, { 'Akan ditambahkan': 45, 'Perlu dilihat': 0, 'Sudah ada': 2 }, 45],
  ])('brings %s into the event, and a second time nothing', async (_, url, counts, people) => {
    await preview(await fileAt(url))
    for (const [outcome, expected] of Object.entries(counts))
      expect([outcome, await count(outcome)]).toEqual([outcome, expected])
    expect(space.people.value.size).toBe(0)
    await press(`Impor ${people} orang`)
    const parts = counts['Perlu dilihat'] > 0 ? ': 107 ditambahkan, 21 perlu dilihat' : ''
    await screen.findByText(`${people} orang diimpor${parts}.`)
    expect(space.people.value.size).toBe(people)
    expect([...space.people.value.values()].every(({ name, invited }) => name && invited)).toBe(true)

    await press('Pilih daftar lain')
    await preview(await fileAt(url))
    await screen.findByText(/Semua orang di daftar ini sudah ada/)
    expect(screen.queryByRole('button', { name: /^Impor/ })).toBeNull()
    expect(await count('Sudah ada')).toBe(people + (counts['Sudah ada'] ?? 0))
  })

  it('says of a NIP that lost its digits that it is not imported, in the list and in the file of problems', async () => {
    await preview(await fileAt(banten))
    expect((await screen.findAllByText(/tiga angka terakhir hilang; NIP tidak diimpor/)).length).toBeGreaterThan(5)
    await press('Unduh catatan 21 baris')
    await screen.findByText(/Tersimpan sebagai catatan-impor.csv/)
    const text = (await saved[0]?.text()) ?? ''
    expect(text.split('\r\n').filter((line) => line.includes('tiga angka terakhir hilang'))).toHaveLength(20)
    expect(text).toContain('"\'197904082001021000"')
    const [newest] = await app.spaces.history(space.id)
    expect(newest?.lines).toEqual([{ type: 'fact', kind: 'exported', fields: { what: 'problems', format: 'csv' } }])
  })

  it('opens on what needs a look, else on what will be added, and on every row when asked to', async () => {
    const pressed = () => screen.getAllByRole('button', { pressed: true }).map(({ textContent }) => textContent)
    await preview(await fileAt(banten))
    expect(pressed()).toEqual(['21Perlu dilihat'])
    fireEvent.click(await button(/Semua baris$/))
    await screen.findByText('PEMERINTAH PROVINSI BANTEN')
    fireEvent.click(await button(/Dilewati$/))
    await press('Ubah kolom')
    await press('Pilih daftar lain')
    await preview(await fileAt(kalsel))
    expect(pressed()).toEqual(['60Akan ditambahkan'])
  })

  it('asks for a second look when the list was changed meanwhile, and only then', async () => {
    const id = space.newId()
    await space.commit([setPerson(id, { name: 'Budi Contoh' })])
    await preview(crowd(3))
    await space.commit([setPerson(id, { name: 'Budi Misal' })])
    await press('Impor 3 orang')
    await screen.findByText(/^Daftar peserta berubah/)
    const before = space.people.value
    await space.commit([setPerson(id, { name: 'Budi Misal' })])
    expect(space.people.value).not.toBe(before)
    await press('Impor 3 orang')
    await screen.findByText('3 orang diimpor.')
    expect(space.people.value.size).toBe(4)
  })

  it('shows another outcome when a column means something else', async () => {
    await preview(fileOf('Nama;NIP;OPD', 'Contoh Satu;123;Bappeda', 'Contoh Dua;;Bappeda'))
    expect(await count('Perlu dilihat')).toBe(1)
    await press('Ubah kolom')
    fireEvent.change(await screen.findByLabelText('Isi kolom B'), { target: { value: 'ignore' } })
    await press('Lihat hasilnya')
    expect(await count('Perlu dilihat')).toBe(0)
    expect(await count('Akan ditambahkan')).toBe(2)
  })

  it('does not go on without a column of names, nor with two columns of one meaning', async () => {
    await choose(fileOf('Nama;OPD;Jabatan', 'Contoh;Bappeda;Staf'))
    fireEvent.change(await screen.findByLabelText('Isi kolom A'), { target: { value: 'position' } })
    await press('Lihat hasilnya')
    await screen.findByText(/Pilih kolom yang berisi nama/)
    fireEvent.change(screen.getByLabelText('Isi kolom B'), { target: { value: 'name' } })
    await screen.findByText(/Dua kolom berisi hal yang sama/)
    expect(screen.getByLabelText('Isi kolom C').getAttribute('aria-invalid')).toBe('true')
  })

  it('lets a person point at a header that nobody could guess', async () => {
    await choose(fileOf('Siapa;Dari;Surel', 'Virgo;Bappeda;a@contoh.example'))
    await screen.findByText(/Baris kepala tabel tidak dikenali/)
    fireEvent.change(screen.getByLabelText('Baris kepala tabel'), { target: { value: '0' } })
    fireEvent.change(await screen.findByLabelText('Isi kolom A'), { target: { value: 'name' } })
    fireEvent.change(screen.getByLabelText('Isi kolom B'), { target: { value: 'institution' } })
    await press('Lihat hasilnya')
    await press('Impor 1 orang')
    await screen.findByText('1 orang diimpor.')
    expect([...space.people.value.values()][0]).toMatchObject({ name: 'Virgo', institution: 'Bappeda' })
  })

  it('points at a weekday in the title that the calendar contradicts', async () => {
    await choose(fileOf('DAFTAR HADIR', 'Hari/Tanggal : Rabu, 8 Juni 2017', 'Nama;OPD', 'Contoh;Bappeda'))
    await screen.findByText(/menulis hari Rabu, padahal menurut kalender Kamis, 8 Juni 2017/)
  })

  it('takes rows pasted from a spreadsheet', async () => {
    await press('Baca baris ini')
    await screen.findByText('Tempel dahulu baris dari lembar kerja.')
    fireEvent.input(screen.getByLabelText('Baris yang disalin'), { target: { value: 'Nama\tOPD\nContoh\tBappeda' } })
    await press('Baca baris ini')
    await press('Lihat hasilnya')
    expect(await count('Akan ditambahkan')).toBe(1)
  })

  it.each([
    ['a PDF', ['%PDF-1.7'], /bukan lembar kerja/],
    ['nothing', [], /Tidak ada isi/],
    ['a web page', ['<html><table></table></html>'], /simpan sebagai \.xlsx/],
    ['half a workbook', ['PK\u0003\u0004 terpotong'], /rusak atau belum terunduh lengkap/],
  ])('of %s says what to do next', async (_, parts, words) => {
    await choose(new File(parts, 'daftar.xlsx'))
    expect((await screen.findByRole('alert')).textContent).toMatch(words)
    await button('Pilih berkas')
  })
})

describe('an import that is stopped', () => {
  it('keeps what was written, says how much that is, and is completed by importing again', async () => {
    await preview(crowd(4000))
    await press('Impor 4.000 orang')
    await waitFor(() => expect(screen.getByRole<HTMLProgressElement>('progressbar').value).toBeGreaterThan(0), {
      interval: 2,
    })
    fireEvent.click(screen.getByRole('button', { name: 'Batalkan' }))
    await screen.findByText(/dari 4\.000 orang sudah diimpor/)
    const written = space.people.value.size
    expect(written).toBeGreaterThan(0)
    expect(written).toBeLessThan(4000)
    await press('Lanjutkan impor')
    await press(`Impor ${(4000 - written).toLocaleString('id')} orang`)
    await screen.findByText(`${(4000 - written).toLocaleString('id')} orang diimpor.`)
    expect(space.people.value.size).toBe(4000)
  })

  it('while it is planned leaves everything as it was', async () => {
    await choose(crowd(12_000))
    await press('Lihat hasilnya')
    await press('Batalkan')
    await button('Lihat hasilnya')
    expect(space.people.value.size).toBe(0)
  })

  it('stops between two ops, never within one', async () => {
    const controller = new AbortController()
    const ops = [1, 2, 3].map((op) => [1, 2].map((at) => setPerson(`person${op}${at}`, { name: `Contoh ${op} ${at}` })))
    const onProgress = (written: number) => written === 4 && controller.abort()
    expect(await applyImport(space, ops, { onProgress, signal: controller.signal })).toBe(4)
    expect(space.people.value.size).toBe(4)
  })
})

it('previews anew when the people of the event changed meanwhile', async () => {
  await preview(fileOf('Nama;OPD', 'Contoh Satu;Bappeda', 'Contoh Dua;Bappeda'))
  await space.commit([setPerson(space.newId(), { name: 'Contoh Satu', institution: 'Bappeda', invited: true })])
  await press('Impor 2 orang')
  await screen.findByText(/pratinjau dibuat ulang/)
  await press('Impor 1 orang')
  await screen.findByText('1 orang diimpor.')
  expect(space.people.value.size).toBe(2)
})

it('is for organizers; others read why not', async () => {
  await db.spaces.update(space.id, { role: 'facilitator' })
  await screen.findByText(/Hanya penyelenggara kegiatan ini/)
  expect(screen.queryByRole('button', { name: 'Pilih berkas' })).toBeNull()
})
