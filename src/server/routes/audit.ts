import type { Context } from 'hono'
import * as v from 'valibot'
import type { AuditRow } from '../../core/audit.ts'
import { type AuditAnswer, AuditQuery } from '../../protocol/audit.ts'
import { everySpace } from '../store/store.ts'
import { answer, refuse } from './answers.ts'
import type { Deps } from './deps.ts'
import { isSubject, readGoverned } from './governed.ts'

const most = 200

/** Each subject of one sort that entries name, once: who acted (`by`), and what was done to. */
function subjects(entries: AuditRow[], sort: 'device' | 'account', by: 'dev' | 'account'): string[] {
  const mark = `${sort}:`
  const named = entries.flatMap((entry) => [
    entry[by],
    entry.about?.startsWith(mark) ? entry.about.slice(mark.length) : null,
  ])
  return [...new Set(named.filter((id) => id !== null))]
}

/** What the server itself saw happen in an event; the organization's shows all of them. */
export const audit = (deps: Deps) => async (c: Context) => {
  const governed = await readGoverned(c, deps, 'history')
  if (!governed.ok) return refuse(c, governed.failure)
  const query = v.safeParse(AuditQuery, c.req.query())
  if (!query.success) return refuse(c, { kind: 'badRequest' })
  const { about, before } = query.output
  const { space } = governed.value
  const found = await deps.store.audit.read({
    most: most + 1,
    ...(space !== everySpace && { space }),
    ...(about !== undefined && isSubject(about) && { about }),
    ...(before !== undefined && { before }),
  })
  const entries = found.slice(0, most)
  const devices = await Promise.all(subjects(entries, 'device', 'dev').map(deps.store.findDevice))
  const accounts = await Promise.all(subjects(entries, 'account', 'account').map(deps.accounts.find))
  return answer<AuditAnswer>(c, {
    entries,
    names: devices.flatMap((device) =>
      device ? [{ dev: device.dev, holder: device.holder, deviceName: device.name }] : [],
    ),
    accounts: accounts.flatMap((account) => (account ? [{ account: account.id, name: account.name }] : [])),
    more: found.length > most,
  })
}
