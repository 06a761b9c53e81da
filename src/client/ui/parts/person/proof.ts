import type { AttendanceMethod, CheckIn } from '../../../../core/attendance.ts'
import { isFields, textOf } from '../../../../core/fields.ts'
import { type Ink, isSigned, type Point, packInk } from '../../../../core/ink.ts'
import { tidyLine } from '../../../../core/name.ts'
import { unsignedReasons } from '../../../../core/unsigned.ts'
import { noInk } from '../noInk.ts'

/** How a person's presence is proved, while it is on a form: by ink, or by a reason why there is none. */
export type Proof = {
  ink: Ink
  cannotSign: boolean
  /** A usual reason as it is printed, or any other text. */
  reason: string
  representing: boolean
  /** The invited office that the person stands in for. */
  represents: string
}

export const emptyProof: Proof = { ink: noInk, cannotSign: false, reason: '', representing: false, represents: '' }

/** What is missing before it can be saved, and where it is said. */
export type ProofProblem = 'noInk' | 'littleInk' | 'noReason' | 'noOffice'

export function problemOf(proof: Proof): ProofProblem | undefined {
  if (proof.representing && proof.represents.trim() === '') return 'noOffice'
  if (proof.cannotSign) return proof.reason.trim() === '' ? 'noReason' : undefined
  if (proof.ink.strokes.length === 0) return 'noInk'
  return isSigned(proof.ink) ? undefined : 'littleInk'
}

/** Whether nothing was drawn, said or chosen yet: what is left when all of it was taken back. */
export function isBlank({ ink, cannotSign, representing }: Proof): boolean {
  return ink.strokes.length === 0 && !cannotSign && !representing
}

/** `by`: whose hand filled in the form. */
export function toCheckIn(
  proof: Proof,
  by: 'facilitator' | 'kiosk' | 'own' = 'facilitator',
): Omit<CheckIn, 'person' | 'session'> {
  const reason = tidyLine(proof.reason)
  const method: AttendanceMethod = proof.cannotSign && reason === unsignedReasons.paper ? 'paper' : by
  const evidence = proof.cannotSign ? { unsignedReason: reason } : { ink: packInk(proof.ink) }
  return { method, ...evidence, ...(proof.representing && { represents: tidyLine(proof.represents) }) }
}

const isPoint = (point: unknown): point is Point =>
  isFields(point) && Number.isFinite(point.x) && Number.isFinite(point.y)

export function parseProof(stored: unknown): Proof | undefined {
  if (!isFields(stored)) return undefined
  const ink = isFields(stored.ink) ? stored.ink : {}
  const strokes = Array.isArray(ink.strokes) ? ink.strokes : []
  const readStroke = (stroke: unknown): Point[] => (Array.isArray(stroke) ? stroke.filter(isPoint) : [])
  return {
    ink: { ...noInk, strokes: strokes.map(readStroke).filter((stroke) => stroke.length > 0) },
    cannotSign: stored.cannotSign === true,
    reason: textOf(stored, 'reason'),
    representing: stored.representing === true,
    represents: textOf(stored, 'represents'),
  }
}
