import type { Context } from 'hono'
import * as v from 'valibot'
import { type AuditAnswer, AuditQuery } from '../../protocol/audit.ts'
import { everySpace } from '../store/store.ts'
import { answer, refuse } from './answers.ts'
import type { Deps } from './deps.ts'
import { isSubject, readGoverned } from './governed.ts'

const most = 200
const isDevice = (about: string | null) => about?.startsWith('device:') ?? false

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
  const named = entries.flatMap(({ dev, about }) => [dev, isDevice(about) && about ? about.slice(7) : null])
  const devices = await Promise.all([...new Set(named)].map((dev) => (dev ? deps.store.findDevice(dev) : undefined)))
  return answer<AuditAnswer>(c, {
    entries,
    names: devices.flatMap((device) =>
      device ? [{ dev: device.dev, holder: device.holder, deviceName: device.name }] : [],
    ),
    more: found.length > most,
  })
}
