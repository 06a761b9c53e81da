/**
 * Sees that this machine has what the tests need beside Node: Chromium and PostgreSQL. What is missing is installed with
 * apt-get where that is possible (Debian, as root); otherwise says what to install, and fails.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findChromium, findPostgres } from '../test/support/machine.ts'

const needs = [
  { program: 'Chromium', found: () => findChromium(), aptPackage: 'chromium', variable: 'CHROMIUM_PATH' },
  {
    program: 'PostgreSQL',
    found: () => process.env.TEST_DATABASE_URL ?? findPostgres(),
    aptPackage: 'postgresql',
    variable: 'TEST_DATABASE_URL',
  },
]
const missing = () => needs.filter(({ found }) => !found())

if (missing().length > 0 && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
  const packages = missing().map(({ aptPackage }) => aptPackage)
  console.log(`Installing ${packages.join(' and ')} …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env })
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { stdio: 'inherit', env })
}
for (const { program, aptPackage, variable } of missing())
  console.error(`${program} is missing. Install it (Debian: apt-get install ${aptPackage}) or set ${variable}.`)
if (missing().length > 0) process.exit(1)
