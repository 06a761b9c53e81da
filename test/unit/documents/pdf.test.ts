import { describe, expect, it } from 'vitest'
import { writePdf } from '../../../src/documents/pdf/pdf.ts'
import { toWinAnsi } from '../../../src/documents/pdf/winAnsi.ts'
import { buildSheets, type SheetInput } from '../../../src/documents/sheet.ts'
import { placesInPdf, readPdf } from '../../support/pdf.ts'
import { sampleEvent, sampleInput, samplePerson, sampleSession } from './sampleEvent.ts'

const quietly = { onProgress: () => {}, signal: undefined }

async function printed(input: SheetInput) {
  const blob = await writePdf(buildSheets(input), quietly)
  return readPdf(new Uint8Array(await blob.arrayBuffer()))
}

describe('the printed sheet', () => {
  it('carries letterhead, header block, table, totals and signatories on F4', async () => {
    const { pages, size } = await printed(sampleInput(2, { includePhone: true }))
    expect(size).toEqual([215, 330])
    expect(pages).toHaveLength(1)
    for (const text of [
      'PEMERINTAH PROVINSI BANTEN',
      'DAFTAR HADIR PESERTA',
      'SOSIALISASI ANTIKORUPSI DI LINGKUNGAN PEMERINTAH PROVINSI BANTEN',
      'Rabu, 9 Agustus 2023',
      'Pukul 09.00 WIB s.d. selesai',
      'Instansi/OPD',
      '19800421 201001 1 001',
      'Pembina Tingkat I, IV/b',
      '0812-3000-000',
      'mewakili Kepala',
      '08.30 WIB',
      'Jumlah hadir: 2 orang (L: 1, P: 1). Mewakili: 1 orang.',
      'Serang, 9 Agustus 2023',
      'Mengetahui,',
      'Contoh Kedua, S.STP., M.AP.',
      'NIP. 19680411 199303 1 009',
      'Halaman 1 dari 1',
    ])
      expect(pages[0]).toContain(text)
    expect(pages[0]).not.toContain('belum terkirim')
  })

  it('repeats the head of the table, counts its pages and stamps each while work is unsent', async () => {
    const { pages, size } = await printed(sampleInput(40, { paper: 'A4', unsentCount: 3 }))
    expect(size).toEqual([210, 297])
    pages.forEach((text, at) => {
      expect(text).toContain('Tanda Tangan')
      expect(text).toContain('3 belum terkirim')
      expect(text).toContain(`Halaman ${at + 1} dari ${pages.length}`)
      expect(text.includes('INSPEKTORAT DAERAH')).toBe(at === 0)
    })
    expect(pages.length).toBeGreaterThan(2)
  })

  it('lets odd numbers sign left and even ones right, half a cell apart', async () => {
    const blob = await writePdf(buildSheets(sampleInput(4)), quietly)
    const places = await placesInPdf(new Uint8Array(await blob.arrayBuffer()))
    const [one = 0, two = 0, three = 0, four = 0] = [1, 2, 3, 4].map(
      (number) => places.find(({ text }) => text === `${number}.`)?.x ?? 0,
    )
    expect(two - one).toBeCloseTo(20, 1)
    expect([three, four]).toEqual([one, two])
  })

  it('never leaves the signatories alone on a page', async () => {
    for (let count = 8; count < 24; count++) {
      const { pages } = await printed(sampleInput(count))
      expect(pages.at(-1)).toContain('Mengetahui,')
      expect(pages.at(-1)).toMatch(new RegExp(` ${count}\\. `))
    }
  })

  it('numbers the pages of each sheet by themselves', async () => {
    const input = sampleInput(1)
    input.sessions = [sampleSession, { ...sampleSession, id: 'two', day: '2023-08-10' }]
    const { pages } = await printed(input)
    expect(pages.map((text) => /Halaman \d dari \d/.exec(text)?.[0])).toEqual(['Halaman 1 dari 1', 'Halaman 1 dari 1'])
    expect(pages[1]).toContain('Kamis, 10 Agustus 2023')
  })

  it('prints what the font lacks as a visible question mark and says so', async () => {
    const input = sampleInput(1)
    input.people = [{ ...samplePerson(0), name: 'Muḥammad – “Café” 😀 Contoh' }]
    const { pages } = await printed(input)
    expect(pages[0]).toContain('Mu?ammad – “Café” ?')
    expect(pages[0]).toContain('Tanda ? menggantikan aksara')
    const two = sampleInput(2)
    two.people = [
      { ...samplePerson(0), name: '陳' },
      { ...samplePerson(1), roles: ['panitia'] },
    ]
    const told = (await printed(two)).pages.map((text) => text.includes('Tanda ? menggantikan aksara'))
    expect(told).toEqual([true, false])
    expect(toWinAnsi('Nuʼman\u200b‐\u00a0Š')).toEqual({ text: 'Nu’man- Š', replaced: false })
  })

  it('leaves the totals to the pen while people still sign on paper, and says what is recorded', async () => {
    const text = (await printed(sampleInput(8, { blankRows: 4 }))).pages.join(' ')
    expect(text).toContain('Jumlah hadir: ......')
    expect(text).toContain('Tercatat elektronik: 8 orang (L: 4, P: 4), mewakili 2')
    expect(text).not.toContain('Jumlah hadir: 8')
  })

  it('prints a dash for a NIP and a position that a person does not have', async () => {
    const input = sampleInput(1)
    input.people = [{ ...samplePerson(0), nip: '', position: '' }]
    expect((await printed(input)).pages[0]).toMatch(/Satu, M\.Si\.\s+-\s+Pembina Tingkat I, IV\/b\s+-\s+Badan/)
  })

  it('prints the whole reason of who did not sign, and the lines of a signatory as they were typed', async () => {
    const input = sampleInput(2)
    const reason = 'Tidak dapat menandatangani karena tangan kanan sedang cedera dan dibalut'
    input.attendances = input.attendances.map((one) => ({ ...one, ink: '', unsignedReason: reason }))
    const { left, right } = sampleEvent.signatories
    const position = 'a.n. Gubernur Banten\nSekretaris Daerah'
    input.event = { ...sampleEvent, signatories: { left: left && { ...left, position }, right } }
    const { pages } = await printed(input)
    expect(pages[0]?.replace(/\s+/g, ' ').split(reason)).toHaveLength(3)
    expect(pages[0]).not.toContain('tidak tersertifikasi')
    expect(pages[0]).toMatch(/a\.n\. Gubernur Banten\s+Sekretaris Daerah/)
  })

  it('prints an event without letterhead, signatories, people or ink that can be read', async () => {
    const input = sampleInput(0, { blankRows: 2 })
    input.event = { ...sampleEvent, letterhead: [], signatories: { left: undefined, right: undefined } }
    const { pages } = await printed(input)
    expect(pages[0]).toContain('Jumlah hadir: ......')
    expect(pages[0]).not.toContain('Tercatat elektronik')
    const damaged = sampleInput(1)
    damaged.attendances = damaged.attendances.map((one) => ({ ...one, ink: '!!!' }))
    expect((await printed(damaged)).pages).toHaveLength(1)
  })
})

describe('a long sheet', () => {
  it('holds 1,000 people with ink and tells how far it is', async () => {
    const told: number[] = []
    const sheets = buildSheets(sampleInput(1000))
    const blob = await writePdf(sheets, { signal: undefined, onProgress: (done) => told.push(done) })
    expect(told.length).toBeGreaterThan(40)
    expect(told).toEqual([...told].sort((a, b) => a - b))
    expect(told.at(-1)).toBe(1000)
    expect(blob.size).toBeLessThan(1_500_000)
    const { pages } = await readPdf(new Uint8Array(await blob.arrayBuffer()))
    expect(pages.at(-1)).toContain(' 1000. ')
  })

  it('stops when it is told to', async () => {
    const controller = new AbortController()
    const onProgress = (done: number) => done > 100 && controller.abort()
    await expect(writePdf(buildSheets(sampleInput(1000)), { signal: controller.signal, onProgress })).rejects.toThrow(
      /aborted/,
    )
  })
})
