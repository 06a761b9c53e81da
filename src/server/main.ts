import { readConfig } from './config.ts'
import { explain } from './explain.ts'
import { start } from './start.ts'

const config = readConfig(process.env, process.argv.slice(2))
const started = config.ok ? await start(config.value) : config

if (started.ok) {
  const { url, setupUrl, stop } = started.value
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
  const setupLine = setupUrl ? `\nSet up the first organizer here (once, within 24 hours): ${setupUrl}` : ''
  console.log(`Hadir listens on ${url}${setupLine}`)
} else {
  console.error(explain(started.failure))
  process.exitCode = 1
}
