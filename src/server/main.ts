import { readConfig } from './config.ts'
import { explain } from './explain.ts'
import { start } from './start.ts'

/** What the server writes (its database with its secrets, and uploads) is its own user's alone. */
process.umask(0o077)

const inviteSetup = (url: string) => `Set up the first organizer here (once, within 24 hours): ${url}`

const config = readConfig(process.env, process.argv.slice(2))
const started = config.ok ? await start(config.value, (url) => console.log(inviteSetup(url))) : config

if (started.ok) {
  const { url, neighbours, setupUrl, stop } = started.value
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
  const setupLine = setupUrl ? `\n${inviteSetup(setupUrl)}` : ''
  const nearLine = neighbours.length > 0 ? `\nPhones on this network: ${neighbours.join(' or ')}` : ''
  console.log(`Hadir listens on ${url}${nearLine}${setupLine}`)
} else {
  console.error(explain(started.failure))
  process.exitCode = 1
}
