import type { Logger } from 'pino'
import { databaseSentences } from './explain.ts'
import type { Damage } from './routes/ports.ts'
import { isDamage } from './store/damage.ts'

/**
 * Hears of every error that ends a call or what is done now and again: of the first that tells of a damaged database
 * the log says what to do. What does not need the damaged part goes on.
 */
export function createDamage(log: Logger | undefined): Damage {
  let isMet = false
  return {
    isMet: () => isMet,
    note: (error) => {
      if (isMet || !isDamage(error)) return
      isMet = true
      log?.error(databaseSentences.brokenDatabase(error.message))
    },
  }
}
