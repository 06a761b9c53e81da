import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Limiter, Pace } from './routes/ports.ts'

/** At most `tries` per key and window, counted in this process. */
export function createLimiter(tries: number, windowMs: number): Limiter {
  const limiter = new RateLimiterMemory({ points: tries, duration: windowMs / 1000 })
  return {
    wait: async (key) => {
      const held = await limiter.get(key)
      return held && held.remainingPoints <= 0 ? Math.max(1, held.msBeforeNext) : 0
    },
    take: async (key, count = 1) => {
      try {
        await limiter.consume(key, count)
        return 0
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return Math.max(1, refusal.msBeforeNext)
        throw refusal
      }
    },
  }
}

/** Each in its own window; counted in this process, so that several servers let through that much more. */
export function createPace(own: Limiter, shared: Limiter): Pace {
  return {
    wait: async (all, one) => ((await own.wait(`${all} ${one}`)) > 0 ? shared.wait(all) : 0),
    take: async (all, one, count) => ((await own.take(`${all} ${one}`, count)) > 0 ? shared.take(all, count) : 0),
  }
}
