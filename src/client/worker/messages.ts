import type { ImportInput, ImportPlan } from '../../core/import/plan.ts'
import type { Table } from '../../core/import/table.ts'
import type { Result } from '../../core/result.ts'
import type { BadgeSheet } from '../../documents/badges.ts'
import type { Poster } from '../../documents/pdf/poster.ts'
import type { ResultsPaper } from '../../documents/pdf/results.ts'
import type { ReadFailure } from '../../documents/read/failure.ts'
import type { SheetInput } from '../../documents/sheet.ts'
import type { TableFormat } from '../../documents/tables.ts'

export type SheetFormat = 'pdf' | 'xlsx' | 'csv'

/** Ids of new persons are made in the worker. */
export type PlanInput = Omit<ImportInput, 'newId'>

/** A piece of a plan: 12,000 rows at once would stall the page for as long as it takes to copy them. */
export type PlanPart = Pick<ImportPlan, 'rows' | 'ops'>

/** What the worker can be asked for, and what each answers; all of it plain data that crosses to a worker. */
export type Jobs = {
  readTables: { input: Blob | string; output: Result<{ tables: Table[] }, ReadFailure> }
  planImport: { input: PlanInput; output: Omit<ImportPlan, keyof PlanPart> }
  makeBadges: { input: BadgeSheet; output: Blob }
  makeSheets: { input: { format: SheetFormat; sheets: SheetInput }; output: Blob }
  makePoster: { input: Poster; output: Blob }
  makeResults: { input: ResultsPaper[]; output: Blob }
  makeTables: { input: { format: TableFormat; tables: Table[] }; output: Blob }
}
export type JobName = keyof Jobs

/** To the worker. Every job has a number of its own, by which it is answered and can be stopped. */
export type Request =
  | { [Name in JobName]: { type: 'start'; job: number; name: Name; input: Jobs[Name]['input'] } }[JobName]
  | { type: 'stop'; job: number }

/** From the worker. `crashed` is a bug: it is thrown again on the page, where the one handler of errors sees it. */
export type Report =
  | { type: 'progress'; job: number; done: number; total: number }
  | { type: 'part'; job: number; part: PlanPart }
  | { type: 'finished'; job: number; output: Jobs[JobName]['output'] }
  | { type: 'stopped'; job: number }
  | { type: 'crashed'; job: number; message: string; stack: string }
