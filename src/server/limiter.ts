import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Limiter } from './routes/deps.ts'

/** At most `tries` per key and window, counted in this process. */
export function createLimiter(tries: number, windowMs: number): Limiter {
  const limiter = new RateLimiterMemory({ points: tries, duration: windowMs / 1000 })
  return {
    wait: async (key) => {
      const held = await limiter.get(key)
      return held && held.remainingPoints <= 0 ? Math.max(1, held.msBeforeNext) : 0
    },
    take: async (key) => {
      try {
        await limiter.consume(key)
        return 0
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return Math.max(1, refusal.msBeforeNext)
        throw refusal
      }
    },
    forget: async (key) => {
      await limiter.delete(key)
    },
  }
}
