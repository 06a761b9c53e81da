import type { Logger } from 'pino'
import { databaseSentences } from './explain.ts'
import type { Damage } from './routes/ports.ts'
import { damageOf } from './store/damage.ts'

/**
 * Hears of every error that ends a call or what is done now and again: of the first that tells of a damaged database
 * the log says what to do. What does not need the damaged part goes on.
 */
export function createDamage(log: Logger | undefined): Damage {
  let isMet = false
  return {
    isMet: () => isMet,
    note: (error) => {
      const damage = damageOf(error)
      if (isMet || !damage) return
      isMet = true
      log?.error(databaseSentences[damage.kind](damage.detail))
    },
  }
}
