import type { Context } from 'hono'
import type { HealthAnswer } from '../../protocol/health.ts'
import { answer } from './answers.ts'
import type { Deps } from './deps.ts'

export const health = (deps: Deps) => (c: Context) =>
  answer<HealthAnswer>(c, {
    app: 'hadir',
    version: deps.version,
    now: deps.now(),
    ...(deps.damage.isMet() && { damaged: true }),
    ...(isOwnMachine(deps.addressOf(c)) && { neighbours: deps.neighbours(Number(new URL(c.req.url).port || 80)) }),
  })

/** What `addressOf` says of a caller on the server's own machine. */
const isOwnMachine = (network: string) => /^(127\.|0:0:0:0::)/.test(network)
