import type { ImportPlan, PlannedRow } from './plan.ts'
import { type ImportReason, isToLookAt } from './reason.ts'
import type { SkippedRow } from './rows.ts'

/** The words of a problems list, given by the screen: the core has none. */
export type ProblemWords = {
  /** Heads of the four columns: row, name, institution, reason. */
  head: readonly [string, string, string, string]
  reason: (reason: ImportReason) => string
  skipped: (row: SkippedRow) => string
}

function hasProblem({ outcome, reasons }: PlannedRow): boolean {
  return outcome === 'needsLook' || outcome === 'duplicate' || reasons.some(isToLookAt)
}

const isWorthTelling = ({ reason }: SkippedRow) => reason !== 'blank' && reason !== 'header'

/** How many rows `listProblems` tells of. */
export function countProblems({ rows, skipped }: ImportPlan): number {
  return rows.filter(hasProblem).length + skipped.filter(isWorthTelling).length
}

/** Every row that was not simply taken over, and every row that was skipped, as lines of a table in the file's order. */
export function listProblems({ rows, skipped }: ImportPlan, words: ProblemWords): string[][] {
  const told = rows.filter(hasProblem).map(({ row, name, institution, reasons }) => ({
    row,
    line: [name, institution, reasons.map(words.reason).join(' ')],
  }))
  const left = skipped.filter(isWorthTelling).map((row) => ({ row: row.row, line: [row.text, '', words.skipped(row)] }))
  const lines = [...told, ...left].sort((a, b) => a.row - b.row)
  return [[...words.head], ...lines.map(({ row, line }) => [String(row), ...line])]
}
