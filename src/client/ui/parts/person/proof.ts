import type { AttendanceMethod, CheckIn } from '../../../../core/attendance.ts'
import type { SessionRecord } from '../../../../core/event.ts'
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
  /** Why only now, where the list was closed before. */
  lateReason: string
}

export const emptyProof: Proof = {
  ink: noInk,
  cannotSign: false,
  reason: '',
  representing: false,
  represents: '',
  lateReason: '',
}

/** What is missing before it can be saved, and where it is said. */
export type ProofProblem = 'noInk' | 'littleInk' | 'noReason' | 'noOffice' | 'noLateReason'

export function problemOf(proof: Proof, { closed }: Pick<SessionRecord, 'closed'>): ProofProblem | undefined {
  if (closed && proof.lateReason.trim() === '') return 'noLateReason'
  if (proof.representing && proof.represents.trim() === '') return 'noOffice'
  if (proof.cannotSign) return proof.reason.trim() === '' ? 'noReason' : undefined
  if (proof.ink.strokes.length === 0) return 'noInk'
  return isSigned(proof.ink) ? undefined : 'littleInk'
}

/** Whether nothing was drawn, said or chosen yet: what is left when all of it was taken back. */
export function isBlank({ ink, cannotSign, representing, lateReason }: Proof): boolean {
  return ink.strokes.length === 0 && !cannotSign && !representing && lateReason.trim() === ''
}

/** What is recorded at a session; a reason for coming late is none once its list is open. `by`: whose hand filled in the form. */
export function toCheckIn(
  proof: Proof,
  { id: session, closed }: SessionRecord,
  by: 'facilitator' | 'kiosk' | 'own' = 'facilitator',
): Omit<CheckIn, 'person'> {
  const reason = tidyLine(proof.reason)
  const method: AttendanceMethod = proof.cannotSign && reason === unsignedReasons.paper ? 'paper' : by
  const evidence = proof.cannotSign ? { unsignedReason: reason } : { ink: packInk(proof.ink) }
  return {
    session,
    method,
    ...evidence,
    ...(proof.representing && { represents: tidyLine(proof.represents) }),
    ...(closed && { lateReason: tidyLine(proof.lateReason) }),
  }
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
    lateReason: textOf(stored, 'lateReason'),
  }
}
