import { Hono } from 'hono'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** One answered call: the endpoint as the table names it, so that no id ever becomes a label. */
export type Call = { call: string; status: number; ms: number }

/**
 * What Prometheus asks for: calls by endpoint and class of status, and the process itself. No person, event or device.
 */
export function createMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const seconds = new Histogram({
    name: 'hadir_call_seconds',
    help: 'Calls of the API, from the request to the answer',
    labelNames: ['call', 'status'] as const,
    buckets: [0.01, 0.05, 0.25, 1, 5],
    registers: [registry],
  })
  const app = new Hono()
  app.get('/metrics', async (c) => c.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType }))
  return {
    fetch: app.fetch,
    onCall: ({ call, status, ms }: Call) =>
      seconds.observe({ call, status: `${Math.floor(status / 100)}xx` }, ms / 1000),
  }
}
