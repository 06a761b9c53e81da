import type { Context } from 'hono'
import type { HealthAnswer } from '../../protocol/health.ts'
import { answer } from './answers.ts'
import type { Deps } from './deps.ts'

export const health = (deps: Deps) => (c: Context) =>
  answer<HealthAnswer>(c, { app: 'hadir', version: deps.version, now: deps.now() })
