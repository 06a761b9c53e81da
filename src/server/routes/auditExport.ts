import type { Context } from 'hono'
import type { Done } from '../../protocol/account.ts'
import { ExportRequest } from '../../protocol/audit.ts'
import { maxSmallBytes } from '../../protocol/limits.ts'
import { answer, refuse } from './answers.ts'
import { readBody } from './body.ts'
import type { Deps } from './deps.ts'
import { entryOf, readGoverned } from './governed.ts'

/** Notes that the history which `GET` told is taken out as a file, before it is. */
export const auditExport = (deps: Deps) => async (c: Context) => {
  const governed = await readGoverned(c, deps, 'history')
  if (!governed.ok) return refuse(c, governed.failure)
  const request = await readBody(c, ExportRequest, maxSmallBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { format } = request.value
  await deps.store.audit.note(entryOf(deps, governed.value, { kind: 'exported', detail: { format } }))
  return answer<Done>(c, { done: true })
}
