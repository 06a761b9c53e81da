import type { FoldedOp } from '../../core/fold.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { EnrolAnswer } from '../../protocol/enrol.ts'
import type { Failure } from '../../protocol/failure.ts'
import type { DeviceRow, PackedOp } from '../db/schema.ts'
import type { Call } from './call.ts'
import { toEnrolRequest } from './deviceKey.ts'
import { unpackView } from './unpackView.ts'

/** An entry by a gate that was made before there was a database; `attendees.keep` puts it there. */
export type FirstEntry = {
  code: string
  dev: string
  space: string
  team: boolean
  ops: FoldedOp[]
  answer: EnrolAnswer
}

const toFolded = ([, dev, n, wall, at, body]: PackedOp): FoldedOp => ({ dev, n, wall, at, body })

/** Enrols a new device with the code of a gate. */
export async function enterFirst(call: Call, device: DeviceRow, code: string): Promise<Result<FirstEntry, Failure>> {
  const answer = await call(EnrolAnswer, 'POST', '/enrol', { ...(await toEnrolRequest(device)), code })
  if (!answer.ok) return answer
  const { granted, view } = answer.value
  if (!granted) return fail({ kind: 'notFound' as const })
  const ops = (view && unpackView(view)?.ops) ?? []
  const team = granted.role !== 'attendee'
  return ok({ code, dev: device.dev, space: granted.space, team, ops: ops.map(toFolded), answer: answer.value })
}
