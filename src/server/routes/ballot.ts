import type { Context } from 'hono'
import { ballotName, maxBallotBytes } from '../../core/form/ballot.ts'
import { readForms, readFormVersions, windowOf } from '../../core/form/form.ts'
import { respond } from '../../core/form/response.ts'
import { encodeBody } from '../../core/op.ts'
import type { Done } from '../../protocol/account.ts'
import { BallotRequest } from '../../protocol/ballot.ts'
import { ballotDay, emptyBallotBox } from '../auth/ballotBox.ts'
import { answer, refuse } from './answers.ts'
import { readBody } from './body.ts'
import type { Deps } from './deps.ts'

/**
 * Takes in answers to an anonymous form from nobody: no cookie is read, and neither address nor moment is kept. The
 * same ballot again changes nothing; what comes after the form was closed is kept and marked.
 */
export const ballot = (deps: Deps) => async (c: Context) => {
  const request = await readBody(c, BallotRequest, maxBallotBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { space, form: id, version, nonce, token, answers } = request.value
  const folded = await deps.folded(space)
  const form = folded && readForms(folded.space).get(id)
  if (!folded || !form?.anonymous) return refuse(c, { kind: 'notFound' })
  /** Last of all: it takes 10 ms to see that a token is none. */
  if (!deps.tickets.holds({ space, form: id }, nonce, token)) return refuse(c, { kind: 'forbidden' })
  if (readFormVersions(folded.space).get(version)?.form !== id) return refuse(c, { kind: 'badRequest' })
  const now = deps.now()
  const late = windowOf({ ...form, deleted: false }, now) !== 'open'
  const change = respond({ form: id, version, person: '', answers, late })
  const body = encodeBody(ballotName(nonce).salt, [change])
  await deps.store.keepBallot({ space, form: id, nonce, day: ballotDay(now), body })
  if (await emptyBallotBox(deps.store, { space, form: id }, now)) void deps.live.look(space)
  return answer<Done>(c, { done: true })
}
