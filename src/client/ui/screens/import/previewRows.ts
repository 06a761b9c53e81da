import type { TFunction } from 'i18next'
import { importFields } from '../../../../core/import/fields.ts'
import type { ImportOutcome, ImportPlan, PlannedRow } from '../../../../core/import/plan.ts'
import type { ImportReason } from '../../../../core/import/reason.ts'
import type { SkippedRow } from '../../../../core/import/rows.ts'

/** A row of the file and what becomes of it; every row of the file is one of these. */
export type PreviewRow = ({ outcome: ImportOutcome } & PlannedRow) | ({ outcome: 'skipped' } & SkippedRow)

/** In the order in which a person asks for them. */
export const previewOutcomes = ['needsLook', 'added', 'updated', 'duplicate', 'skipped'] as const
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

/** The outcome that a preview opens on: what a person has to look at, else what will be done; all rows without any. */
export function firstOutcome({ counts }: ImportPlan): PreviewOutcome | undefined {
  return (['needsLook', 'added', 'updated', 'duplicate'] as const).find((outcome) => counts[outcome] > 0)
}

/** `107 ditambahkan, 21 perlu dilihat`: what the persons that the plan writes are; empty when all are simply added. */
export function writtenWords(t: TFunction, { rows }: ImportPlan): string {
  const written = rows.filter(({ fields }) => Object.keys(fields).length > 0)
  if (written.every(({ outcome }) => outcome === 'added')) return ''
  const parts = (['added', 'updated', 'needsLook'] as const).map((outcome) => {
    const count = written.filter((row) => row.outcome === outcome).length
    return count > 0 && t(`importedOf.${outcome}`, { count })
  })
  return parts.filter(Boolean).join(', ')
}

/** A reason as a sentence. */
export function reasonWords(t: TFunction, reason: ImportReason): string {
  const why = reason.kind === 'nipInvalid' ? t(`nipProblem.${reason.problem}`) : ''
  const whole = reason.kind === 'bareRegion' ? reason.regions.join(t('or')) : ''
  return t(`reason.${reason.kind}`, { ...reason, why, whole })
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
