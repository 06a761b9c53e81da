import { uuidv7 } from '../../core/ids.ts'
import { planImport } from '../../core/import/plan.ts'
import { breathe, type Job } from '../../documents/job.ts'
import { buildSheets } from '../../documents/sheet.ts'
import type { JobName, Jobs, PlanPart, Report, Request } from './messages.ts'

declare const self: DedicatedWorkerGlobalScope

type PartedJob = Job & { onPart: (part: PlanPart) => void }
type Handlers = { [Name in JobName]: (input: Jobs[Name]['input'], job: PartedJob) => Promise<Jobs[Name]['output']> }

const newId = () => uuidv7(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
const rowsPerPart = 500
const csvType = { type: 'text/csv;charset=utf-8' }

/** Readers and writers are loaded when first asked for: a phone that only exports a PDF never parses the rest. */
const handlers: Handlers = {
  async readTables(input) {
    const { readPasted, readTables, maxFileBytes } = await import('../../documents/read/readTables.ts')
    if (typeof input === 'string') return readPasted(input)
    if (input.size > maxFileBytes) return { ok: false, failure: { kind: 'tooLarge' } }
    return readTables(new Uint8Array(await input.arrayBuffer()), input instanceof File ? input.name : '')
  },

  async planImport(input, job) {
    const steps = planImport({ ...input, newId })
    let step = steps.next()
    while (!step.done) {
      await breathe(job, step.value, input.table.rows.length)
      step = steps.next()
    }
    const { rows, ops, ...rest } = step.value
    for (let at = 0; at < rows.length; at += rowsPerPart)
      job.onPart({ rows: rows.slice(at, at + rowsPerPart), ops: [] })
    for (const changes of ops) job.onPart({ rows: [], ops: [changes] })
    return rest
  },

  async makeBadges(sheet, job) {
    return (await import('../../documents/badges.ts')).writeBadges(sheet, job)
  },

  async makeSheets({ format, sheets: input }, job) {
    const sheets = buildSheets(input)
    if (format === 'pdf') return (await import('../../documents/pdf/pdf.ts')).writePdf(sheets, job)
    if (format === 'xlsx') return (await import('../../documents/xlsx.ts')).writeXlsx(sheets, job)
    return new Blob([(await import('../../documents/csv.ts')).sheetsToCsv(sheets)], csvType)
  },

  async makePoster(poster) {
    return (await import('../../documents/pdf/poster.ts')).writePoster(poster)
  },

  async makeResults(papers, job) {
    return (await import('../../documents/pdf/results.ts')).writeResults(papers, job)
  },

  async makeTables({ format, tables }) {
    return (await import('../../documents/tables.ts')).writeTables(format, tables)
  },
}

const running = new Map<number, AbortController>()
const report = (message: Report) => self.postMessage(message)

async function run<Name extends JobName>(number: number, name: Name, input: Jobs[Name]['input']): Promise<void> {
  const controller = new AbortController()
  running.set(number, controller)
  const onProgress = (done: number, total: number) => report({ type: 'progress', job: number, done, total })
  try {
    const onPart = (part: PlanPart) => report({ type: 'part', job: number, part })
    const output = await handlers[name](input, { onProgress, onPart, signal: controller.signal })
    report({ type: 'finished', job: number, output })
  } catch (error) {
    if (controller.signal.aborted) report({ type: 'stopped', job: number })
    else {
      const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
      report({ type: 'crashed', job: number, message, stack })
    }
  } finally {
    running.delete(number)
  }
}

self.addEventListener('message', ({ data }: MessageEvent<Request>) => {
  if (data.type === 'stop') running.get(data.job)?.abort()
  else void run(data.job, data.name, data.input)
})
