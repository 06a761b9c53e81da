import type { NipProblem } from '../nip.ts'

/**
 * What there is to say about an imported row; the words are the screen's.
 * `text` is what the cell held, `row` counts from 1 as spreadsheets do.
 */
export type ImportReason =
  /**
   * A number cell of 18 digits has lost its last three (domain.md 2.2): kept out, to be typed again from the letter.
   */
  | { kind: 'nipLostDigits'; text: string }
  | { kind: 'nipInvalid'; text: string; problem: NipProblem }
  /** 16 digits are a NIK, which the app does not collect. */
  | { kind: 'nikNotKept' }
  | { kind: 'noName' }
  | { kind: 'roleUnknown'; text: string }
  | { kind: 'sexUnknown'; text: string }
  /** The bare name of a region, kept as it stands: whole it may be any of these. */
  | { kind: 'bareRegion'; text: string; regions: string[] }
  /** Someone else's name stands with this NIP; nothing of the row is taken over. */
  | { kind: 'nameDiffers'; name: string }
  /** Someone of this name and institution is there too, and nothing tells whether it is the same person. */
  | { kind: 'sameName'; name: string }
  | { kind: 'alreadyThere'; name: string }
  | { kind: 'sameAsRow'; row: number }
  /** Only a warning: a secretary signs in three chiefs with one phone (domain.md 2.4). */
  | { kind: 'samePhone'; name: string }

const kindsToLookAt: ReadonlySet<ImportReason['kind']> = new Set([
  'nipLostDigits',
  'nipInvalid',
  'nikNotKept',
  'noName',
  'roleUnknown',
  'sexUnknown',
  'bareRegion',
  'nameDiffers',
  'sameName',
])

/** Whether a person has to look at the row: something in it could not be taken over as it stands. */
export function isToLookAt(reason: ImportReason): boolean {
  return kindsToLookAt.has(reason.kind)
}
