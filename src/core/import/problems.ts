import { looksLikeNames } from './fields.ts'
import type { ImportPlan, PlannedRow } from './plan.ts'
import { type ImportReason, isToLookAt } from './reason.ts'
import { headingText, type SkippedRow } from './rows.ts'

/** The words of a problems list, given by the screen: the core has none. */
export type ProblemWords = {
  /** Heads of the five columns: row, name, institution, NIP as the file has it, reason. */
  head: readonly [string, string, string, string, string]
  reason: (reason: ImportReason) => string
  skipped: (row: SkippedRow) => string
}

function hasProblem({ outcome, reasons }: PlannedRow): boolean {
  return outcome === 'needsLook' || reasons.some(isToLookAt)
}

/** Whether a row that was taken for a heading or for the foot of the list could be a person all the same. */
function couldBePerson({ reason, text }: SkippedRow): boolean {
  if (reason !== 'heading' && reason !== 'footer') return false
  return !headingText.test(text) && !/[,:]$/.test(text) && looksLikeNames([text])
}

/** How many rows `listProblems` tells of. */
export function countProblems({ rows, skipped }: ImportPlan): number {
  return rows.filter(hasProblem).length + skipped.filter(couldBePerson).length
}

/** Every row that a person has to look at, and skipped ones that could be a person, as a table in the file's order. */
export function listProblems({ rows, skipped }: ImportPlan, words: ProblemWords): string[][] {
  const told = rows.filter(hasProblem).map(({ row, name, institution, nipCell, reasons }) => ({
    row,
    line: [name, institution, nipCell, reasons.map(words.reason).join(' ')],
  }))
  const left = skipped
    .filter(couldBePerson)
    .map((row) => ({ row: row.row, line: [row.text, '', '', words.skipped(row)] }))
  const lines = [...told, ...left].sort((a, b) => a.row - b.row)
  return [[...words.head], ...lines.map(({ row, line }) => [String(row), ...line])]
}
