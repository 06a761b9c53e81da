import type { Context } from 'hono'
import { plainCode } from '../../core/gate.ts'
import { type GateAnswer, GateRequest } from '../../protocol/gate.ts'
import { maxSmallBytes } from '../../protocol/limits.ts'
import { gateCode } from '../auth/codes.ts'
import { hashSecret } from '../auth/keys.ts'
import { answer, refuse } from './answers.ts'
import { readBody } from './body.ts'
import { readGranted } from './caller.ts'
import type { Deps } from './deps.ts'
import { entryOf } from './governed.ts'

/** Opens a door for attendees, closes one, or puts a new one in its place; the same again does the same. */
export const gate = (deps: Deps) => async (c: Context) => {
  const granted = await readGranted(c, deps, 'gate')
  if (!granted.ok) return refuse(c, granted.failure)
  const request = await readBody(c, GateRequest, maxSmallBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { space } = granted.value
  const { open, close } = request.value
  const now = deps.now()
  const noteGate = (kind: 'gateOpened' | 'gateClosed', about: string) =>
    deps.store.audit.note(entryOf(deps, granted.value, { kind, about }))
  if (close !== null) {
    const codeHash = hashSecret(plainCode(close))
    const closing = await deps.store.findGate(codeHash)
    await deps.store.closeGate(space, codeHash, now)
    if (closing?.space === space && closing.closedAt === null) await noteGate('gateClosed', closing.gate)
  }
  if (open === null) return answer<GateAnswer>(c, { code: null })
  const code = gateCode(deps.gateSecret, space, open)
  const held = await deps.store.findGate(hashSecret(code))
  /** Two of 650 thousand million codes that are the same: another id makes another. */
  if (held && held.space !== space) return refuse(c, { kind: 'used' })
  await deps.store.openGate({ codeHash: hashSecret(code), space, gate: open, createdAt: now, closedAt: null })
  if (!held || held.closedAt !== null) await noteGate('gateOpened', open)
  return answer<GateAnswer>(c, { code })
}
