import { describe, expect, it } from 'vitest'
import { createDocumentsWorker } from '../../src/client/worker/start.ts'
import { guessLayout } from '../../src/core/import/layout.ts'
import { readTables } from '../../src/documents/read/readTables.ts'
import { sampleInput } from '../unit/documents/sampleEvent.ts'

const worker = createDocumentsWorker()

/** A list of invited people as CSV. */
function listOf(count: number): string {
  const rows = Array.from(
    { length: count },
    (_, at) => `${at + 1};Contoh ${at};Dinas ${at % 40};0812${10_000_000 + at}`,
  )
  return ['No;Nama;Instansi;No. HP', ...rows].join('\n')
}

async function planInput(count: number) {
  const read = await worker.readTables(new Blob([listOf(count)]))
  if (!read.ok) throw new Error(read.failure.kind)
  const [table] = read.value.tables
  if (!table) throw new Error('no table')
  return { table, layout: guessLayout(table), people: [], salt: 'AAAAAAAAAAAAAAAAAAAAAA', today: '2026-11-21' }
}

describe('the documents worker', () => {
  it('reads a list and plans its import, telling how far it is', async () => {
    const told: number[] = []
    const planned = await worker.planImport(await planInput(12_000), { onProgress: (done) => told.push(done) })
    expect(planned.ok && planned.value.counts).toEqual({ added: 12_000, updated: 0, duplicate: 0, needsLook: 0 })
    expect(planned.ok && [planned.value.rows.length, planned.value.ops.length]).toEqual([12_000, 60])
    expect(told.length).toBeGreaterThan(50)
  })

  it('reads pasted rows and says why a file gives no list', async () => {
    expect(await worker.readTables('Nama\tOPD\nContoh\tBappeda')).toMatchObject({ ok: true })
    expect(await worker.readTables(new Blob(['%PDF-1.7']))).toEqual({ ok: false, failure: { kind: 'notSpreadsheet' } })
    expect(await worker.readTables(new Blob([new Uint8Array(51 * 1024 * 1024)]))).toEqual({
      ok: false,
      failure: { kind: 'tooLarge' },
    })
  })

  it('makes a PDF, a workbook and a CSV of the same sheets', async () => {
    const made = await Promise.all(
      (['pdf', 'xlsx', 'csv'] as const).map((format) => worker.makeSheets(format, sampleInput(30))),
    )
    const [pdf, xlsx, csv] = made.map((one) => (one.ok ? one.value : new Blob()))
    expect(await pdf?.slice(0, 5).text()).toBe('%PDF-')
    expect(await csv?.text()).toContain('"Dra. Contoh Satu, M.Si."')
    const read = await readTables(new Uint8Array((await xlsx?.arrayBuffer()) ?? []))
    expect(read.ok && read.value.tables[0]?.rows.flat()).toContain('19800421 201001 1 001')
  })

  it('stops at once when cancelled, in the middle and before the start, and works on afterwards', async () => {
    const controller = new AbortController()
    const onProgress = () => controller.abort()
    const cancelled = { ok: false, failure: { kind: 'cancelled' } }
    const { signal } = controller
    expect(await worker.makeSheets('pdf', sampleInput(1000), { onProgress, signal })).toEqual(cancelled)
    expect(await worker.planImport(await planInput(10), { signal })).toEqual(cancelled)
    expect(await worker.makeTables('csv', [{ name: '', rows: [['Baris'], ['=1']], merges: [] }])).toMatchObject({
      ok: true,
    })
  })

  it('throws a bug of the worker on the page', async () => {
    const broken = sampleInput(1)
    Object.assign(broken, { people: [null] })
    await expect(worker.makeSheets('csv', broken)).rejects.toThrow(/null/)
  })
})
