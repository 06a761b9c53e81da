// @vitest-environment jsdom
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { Person } from '../../../src/core/person.ts'
import { writeBadges } from '../../../src/documents/badges.ts'
import { sheetsToCsv } from '../../../src/documents/csv.ts'
import { writePdf } from '../../../src/documents/pdf/pdf.ts'
import { writePoster } from '../../../src/documents/pdf/poster.ts'
import { writeResults } from '../../../src/documents/pdf/results.ts'
import { buildSheets, type SheetInput } from '../../../src/documents/sheet.ts'
import { writeTables } from '../../../src/documents/tables.ts'
import { writeXlsx } from '../../../src/documents/xlsx.ts'
import { readPdf } from '../../support/pdf.ts'
import { sampleEvent, sampleInput, sampleSession } from './sampleEvent.ts'

/** What an attendee's own device may send as his name, office or position: the reader sees the team's documents. */
const hostile = [
  '=HYPERLINK("http://jahat.example";"klik")',
  '+1+cmd|" /C calc"!A0',
  '-2+3',
  '@SUM(1;2)',
  '\t=1',
  '\r=1',
  '\n=1',
  '＝1＋1',
  '</t></is></c><c><f>1</f></c>',
  '<script>alert(1)</script>&amp;]]><!--',
  '(x) Tj ET /JavaScript (app.alert(1)) \\',
  'NUL \0, mesin \u0001\u000b\u001f, lepas \ud800, bukan \uffff',
  'panjang'.repeat(12_000),
]
const quietly = { onProgress: () => {}, signal: undefined }

/** An event whose every text is one of these. */
function poisoned(text: string): SheetInput {
  const texts: Partial<Person> = { name: text, rank: text, position: text, institution: text, note: text, email: text }
  const input = sampleInput(2, { includePhone: true })
  const { left, right } = sampleEvent.signatories
  const signatory = { label: text, position: text, name: text, rank: text, nip: text }
  return {
    ...input,
    event: {
      ...{ ...sampleEvent, title: text, institution: text, institutionWord: text, venue: text, city: text },
      letterhead: [text, text],
      signatories: { left: { ...left, ...signatory }, right: { ...right, ...signatory } },
    },
    sessions: [{ ...sampleSession, title: text }],
    people: input.people.map((person) => ({ ...person, ...texts, phone: text, nip: text })),
    consents: { kinds: ['mail'], said: new Map([['person0', new Map([['mail', { given: true, notice: 2, at: 0 }]])]]) },
    attendances: input.attendances.map((each) => ({
      ...each,
      represents: text,
      unsignedReason: text,
      lateReason: text,
      isLate: true,
      ink: '',
    })),
  }
}

const parser = new DOMParser()
const bytesOf = async (file: Blob) => new Uint8Array(await file.arrayBuffer())

/** What Excel would refuse or run in a workbook: broken XML, formulas, links, cells beyond its limit. */
function dangersOf(bytes: Uint8Array): string[] {
  return Object.entries(unzipSync(bytes)).flatMap(([name, content]) => {
    if (!/\.(xml|rels)$/.test(name)) return []
    const document = parser.parseFromString(strFromU8(content), 'application/xml')
    const found = [...document.querySelectorAll('parsererror, f, hyperlink')].map((node) => `${name}: ${node.nodeName}`)
    const longest = Math.max(0, ...[...document.querySelectorAll('t, v')].map((node) => node.textContent?.length ?? 0))
    return longest > 32_767 ? [...found, `${name}: a cell of ${longest} letters`] : found
  })
}

describe.each(hostile.map((text) => [JSON.stringify(text.slice(0, 40)), text] as const))(
  '%s in every text',
  (_, text) => {
    it('makes no workbook that runs anything or does not open', async () => {
      expect(dangersOf(await bytesOf(await writeXlsx(buildSheets(poisoned(text)), quietly)))).toEqual([])
      const table = { name: text, rows: [[text, 1, null]], merges: [] }
      expect(dangersOf(await bytesOf(await writeTables('xlsx', [table])))).toEqual([])
    })

    it('makes no CSV cell that a spreadsheet runs', async () => {
      const tables = await (await writeTables('csv', [{ name: text, rows: [[text, text]], merges: [] }])).text()
      for (const csv of [sheetsToCsv(buildSheets(poisoned(text))), tables]) {
        const cells = [...csv.replace(/^\ufeff/, '').matchAll(/"((?:[^"]|"")*)"(;|\r\n)/g)].map(([, cell = '']) => cell)
        expect(cells.filter((cell) => /^\s*[=+\-@＝＋－＠\t\r\n\0]/.test(cell))).toEqual([])
        expect(cells.map((cell) => `"${cell}"`).join('').length).toBeGreaterThan(0)
      }
    })

    it('makes no PDF that acts: it is drawn as text', async () => {
      const short = text.slice(0, 300)
      const badge = { name: short, institution: short, role: short, validUntil: '2026-11-26', code: 'AB12' }
      const poster = { letterhead: [short], title: short, facts: [short], url: 'https://hadir.example/m/K7QF#2MXA' }
      const question = { label: short, summary: short, bars: [], rows: [[text.slice(0, 3_000)], [short, short]] }
      const bars = [{ name: short, said: short, share: 0.5 }]
      const place = { letterhead: [short], eventTitle: short, form: short, days: [short], place: short }
      const results = { ...place, counted: 1, late: 1, questions: [question, { ...question, bars }] }
      const files = [
        await writeResults([results], quietly),
        await writePdf(buildSheets(poisoned(text)), quietly),
        await writeBadges({ event: short, organizer: short, badges: [badge] }, quietly),
        writePoster({ ...poster, address: 'hadir.example/m', code: 'K7QF 2MXA', asksWallCode: false }),
      ]
      for (const file of files) {
        const bytes = await bytesOf(file)
        expect((await readPdf(bytes)).pages.length).toBeGreaterThan(0)
        const objects = strFromU8(bytes, true)
          .replace(/stream[\s\S]*?endstream/g, '')
          .replace(/\((?:\\.|[^\\)])*\)/g, '')
        expect(objects).not.toMatch(/\/(JavaScript|JS|OpenAction\s*<<\s*\/S|AA|Launch|URI|EmbeddedFile)\b/)
      }
    })
  },
)
