import type { TFunction } from 'i18next'
import { importFields } from '../../../../core/import/fields.ts'
import { type ImportOutcome, type ImportPlan, importOutcomes, type PlannedRow } from '../../../../core/import/plan.ts'
import type { ImportReason } from '../../../../core/import/reason.ts'
import type { SkippedRow } from '../../../../core/import/rows.ts'

/** A row of the file and what becomes of it; every row of the file is one of these. */
export type PreviewRow = ({ outcome: ImportOutcome } & PlannedRow) | ({ outcome: 'skipped' } & SkippedRow)

export const previewOutcomes = [...importOutcomes, 'skipped'] as const
export type PreviewOutcome = (typeof previewOutcomes)[number]

/** All rows of the file, in its order. */
export function toPreviewRows({ rows, skipped }: ImportPlan): PreviewRow[] {
  const left = skipped.map((row): PreviewRow => ({ ...row, outcome: 'skipped' }))
  return [...rows, ...left].sort((a, b) => a.row - b.row)
}

export function countOf({ counts, skipped }: ImportPlan, outcome: PreviewOutcome): number {
  return outcome === 'skipped' ? skipped.length : counts[outcome]
}

/** Persons that the plan writes. */
export function countWritten({ ops }: ImportPlan): number {
  return ops.reduce((sum, changes) => sum + changes.length, 0)
}

/** A reason as a sentence. */
export function reasonWords(t: TFunction, reason: ImportReason): string {
  const why = reason.kind === 'nipInvalid' ? t(`nipProblem.${reason.problem}`) : ''
  return t(`reason.${reason.kind}`, { ...reason, why })
}

/** Everything there is to say about a row: why it is skipped or looked at, and what changes of a person who is there. */
export function rowWords(t: TFunction, row: PreviewRow): string {
  if (row.outcome === 'skipped') return t(`skipReason.${row.reason}`)
  const fields = importFields.filter((field) => field in row.fields || (field === 'role' && 'roles' in row.fields))
  const changed =
    row.outcome === 'updated' && fields.length > 0
      ? [t('changes', { fields: fields.map((field) => t(`fieldShort.${field}`)).join(', ') })]
      : []
  return [...changed, ...row.reasons.map((reason) => reasonWords(t, reason))].join(' ')
}
