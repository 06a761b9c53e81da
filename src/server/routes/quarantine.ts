import type { Context } from 'hono'
import * as v from 'valibot'
import { maxPushBytes } from '../../protocol/limits.ts'
import {
  type DecisionAnswer,
  DecisionRequest,
  type ParkedAnswer,
  ParkedQuery,
  type QuarantineAnswer,
} from '../../protocol/quarantine.ts'
import { answer, refuse } from './answers.ts'
import { readBody } from './body.ts'
import { readGranted } from './caller.ts'
import type { Deps } from './deps.ts'
import { entryOf, readDev } from './governed.ts'

const limits = { most: 200, maxBytes: maxPushBytes }

/** [S11] Whose ops are kept beside an event's log. */
export const quarantine = (deps: Deps) => async (c: Context) => {
  const granted = await readGranted(c, deps, 'review')
  if (!granted.ok) return refuse(c, granted.failure)
  const { store } = deps
  const devices = await Promise.all(
    (await store.sumParked(granted.value.space)).map(async ({ dev, ...sum }) => {
      const device = await store.findDevice(dev)
      return { dev, holder: device?.holder ?? null, deviceName: device?.name ?? null, ...sum }
    }),
  )
  return answer<QuarantineAnswer>(c, { devices })
}

/** What of one device is kept there, some at a time. */
export const parkedOf = (deps: Deps) => async (c: Context) => {
  const granted = await readGranted(c, deps, 'review')
  if (!granted.ok) return refuse(c, granted.failure)
  const query = v.safeParse(ParkedQuery, c.req.query())
  if (!query.success) return refuse(c, { kind: 'badRequest' })
  const parked = await deps.store.listParked(granted.value.space, readDev(c), query.output, limits)
  return answer<ParkedAnswer>(c, {
    ops: parked.map(({ op: { n, wall, at, body }, link, receivedAt, reason, keptAt }) => {
      return { n, link, wall, claimedAt: at, receivedAt, reason, keptAt, body }
    }),
  })
}

/** An organizer's word on them: into the log as their author's, or kept out; with a reason, for ever. */
export const decide = (deps: Deps) => async (c: Context) => {
  const granted = await readGranted(c, deps, 'review')
  if (!granted.ok) return refuse(c, granted.failure)
  const request = await readBody(c, DecisionRequest, maxPushBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { decision, reason, ops } = request.value
  const { space } = granted.value
  const dev = readDev(c)
  const kind = decision === 'release' ? 'released' : 'keptAside'
  const entry = entryOf(deps, granted.value, { kind, about: `device:${dev}`, reason })
  const names = ops.map(([n, link]) => ({ n, link }))
  const change = decision === 'release' ? deps.store.releaseParked : deps.store.keepParked
  const changed = await change(space, dev, names, entry)
  void deps.live.look(space)
  return answer<DecisionAnswer>(c, { changed })
}
