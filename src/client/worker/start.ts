import type { ImportPlan } from '../../core/import/plan.ts'
import type { Table } from '../../core/import/table.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import type { BadgeSheet } from '../../documents/badges.ts'
import type { Poster } from '../../documents/pdf/poster.ts'
import type { ResultsPaper } from '../../documents/pdf/results.ts'
import type { ReadFailure } from '../../documents/read/failure.ts'
import type { SheetInput } from '../../documents/sheet.ts'
import type { TableFormat } from '../../documents/tables.ts'
import type { JobName, Jobs, PlanInput, PlanPart, Report, Request, SheetFormat } from './messages.ts'

/** `cancelled`: by the signal that was given. `unavailable`: the worker could not be loaded; later it may. */
export type WorkFailure = { kind: 'cancelled' | 'unavailable' }

export type WorkOptions = {
  /** Rows done and rows in all. */
  onProgress?: (done: number, total: number) => void
  signal?: AbortSignal
}

type Made<T> = Promise<Result<T, WorkFailure>>

/** Reading lists and making documents beside the page, which stays responsive. A bug in there rejects the promise. */
export type DocumentsWorker = {
  /** Tables of a file, or of pasted rows. */
  readTables: (
    source: Blob | string,
    options?: WorkOptions,
  ) => Promise<Result<{ tables: Table[] }, ReadFailure | WorkFailure>>
  planImport: (input: PlanInput, options?: WorkOptions) => Made<ImportPlan>
  makeSheets: (format: SheetFormat, input: SheetInput, options?: WorkOptions) => Made<Blob>
  /** Badges with personal passes, as a PDF to be printed and cut. */
  makeBadges: (sheet: BadgeSheet, options?: WorkOptions) => Made<Blob>
  /** What hangs at the door, as PDF. */
  makePoster: (poster: Poster, options?: WorkOptions) => Made<Blob>
  /** The results of forms, as pages of the event's report in PDF. */
  makeResults: (papers: ResultsPaper[], options?: WorkOptions) => Made<Blob>
  /** Tables as a workbook, or the first of them as CSV: an import's problems, results of a form. */
  makeTables: (format: TableFormat, tables: Table[], options?: WorkOptions) => Made<Blob>
}

type Followed = { onProgress?: WorkOptions['onProgress']; onPart?: (part: PlanPart) => void }
type Waiting = Followed & { settle: (report: Report) => void; fail: () => void }

/** The worker is started with the first piece of work. */
export function createDocumentsWorker(): DocumentsWorker {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let jobs = 0

  function start(): Worker {
    const started = new Worker(new URL('./documents.ts', import.meta.url), { type: 'module', name: 'documents' })
    started.addEventListener('message', ({ data }: MessageEvent<Report>) => {
      if (data.type === 'progress') waiting.get(data.job)?.onProgress?.(data.done, data.total)
      else if (data.type === 'part') waiting.get(data.job)?.onPart?.(data.part)
      else waiting.get(data.job)?.settle(data)
    })
    started.addEventListener('error', () => {
      started.terminate()
      worker = undefined
      for (const { fail } of waiting.values()) fail()
    })
    return started
  }

  function ask<Name extends JobName>(
    name: Name,
    input: Jobs[Name]['input'],
    { onProgress, onPart, signal }: WorkOptions & Followed = {},
  ): Made<Jobs[Name]['output']> {
    if (signal?.aborted) return Promise.resolve(fail({ kind: 'cancelled' }))
    worker ??= start()
    const to = worker
    const job = ++jobs
    return new Promise((resolve, reject) => {
      const stop = () => {
        to.postMessage({ type: 'stop', job } satisfies Request)
        end(fail({ kind: 'cancelled' }))
      }
      const leave = () => {
        waiting.delete(job)
        signal?.removeEventListener('abort', stop)
      }
      const end = (result: Result<Jobs[Name]['output'], WorkFailure>) => {
        leave()
        resolve(result)
      }
      signal?.addEventListener('abort', stop)
      waiting.set(job, {
        onProgress,
        onPart,
        fail: () => end(fail({ kind: 'unavailable' })),
        settle(report) {
          if (report.type === 'finished') end(ok(report.output as Jobs[Name]['output']))
          else if (report.type === 'crashed') {
            leave()
            reject(Object.assign(new Error(report.message), { stack: report.stack }))
          }
        },
      })
      to.postMessage({ type: 'start', job, name, input })
    })
  }

  return {
    async readTables(source, options) {
      const read = await ask('readTables', source, options)
      return read.ok ? read.value : read
    },
    async planImport(input, options) {
      const rows: ImportPlan['rows'] = []
      const ops: ImportPlan['ops'] = []
      const onPart = (part: PlanPart) => {
        rows.push(...part.rows)
        ops.push(...part.ops)
      }
      const planned = await ask('planImport', input, { ...options, onPart })
      return planned.ok ? ok({ ...planned.value, rows, ops }) : planned
    },
    makeBadges: (sheet, options) => ask('makeBadges', sheet, options),
    makeSheets: (format, sheets, options) => ask('makeSheets', { format, sheets }, options),
    makePoster: (poster, options) => ask('makePoster', poster, options),
    makeResults: (papers, options) => ask('makeResults', papers, options),
    makeTables: (format, tables, options) => ask('makeTables', { format, tables }, options),
  }
}
