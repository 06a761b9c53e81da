import { expect, it } from 'vitest'
import { writePoster } from '../../../src/documents/pdf/poster.ts'
import { readPdf } from '../../support/pdf.ts'

it('the poster is one page of A4 with the code, its address and three steps, however long the title', async () => {
  const poster = {
    letterhead: ['PEMERINTAH PROVINSI CONTOH', 'INSPEKTORAT DAERAH', 'Jalan Contoh Nomor 1'],
    title: 'Sosialisasi Pencegahan Korupsi dan Penguatan Integritas Aparatur di Lingkungan Pemerintah Provinsi Contoh',
    facts: ['Rabu, 25 November 2026, pukul 09.00 WIB', 'Aula Contoh'],
    url: 'https://hadir.contoh.go.id/m/K7QF#2MXA',
    address: 'hadir.contoh.go.id/m',
    code: 'K7QF 2MXA',
    asksWallCode: true,
  }
  const { pages, size } = await readPdf(new Uint8Array(await writePoster(poster).arrayBuffer()))
  expect(size).toEqual([210, 297])
  expect(pages).toHaveLength(1)
  for (const text of [
    'DAFTAR HADIR',
    'K7QF 2MXA',
    'buka hadir.contoh.go.id/m',
    '1.',
    '2.',
    '3.',
    'Ketik kode yang tampil',
  ])
    expect(pages[0]).toContain(text)
})
