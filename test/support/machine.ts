import { existsSync, readdirSync } from 'node:fs'

const chromiumPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const postgresFolder = '/usr/lib/postgresql'

/** The browser that tests and benchmarks drive: `CHROMIUM_PATH`, or the first of the usual places that exists. */
export function findChromium(): string | undefined {
  return [process.env.CHROMIUM_PATH ?? '', ...chromiumPlaces].find((path) => path !== '' && existsSync(path))
}

/** The newest PostgreSQL server's folder of programs, as Debian lays it out. */
export function findPostgres(): string | undefined {
  if (!existsSync(postgresFolder)) return undefined
  return readdirSync(postgresFolder)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => `${postgresFolder}/${version}/bin`)
    .find((folder) => existsSync(`${folder}/initdb`))
}

/** Quiet, without a sandbox since the suite also runs as root, and without QUIC, which knows no `setOffline`. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
