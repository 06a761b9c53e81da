/**
 * Sees that this machine has what the tests need beside Node: three browsers, PostgreSQL, and OpenStack Swift with its
 * S3 API (8 MB). What is missing is installed with apt-get where that is possible (Debian, as root); otherwise says
 * what to install, and fails.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findChromium, findFirefox, findPostgres, findSwift, findWebKit } from '../test/support/machine.ts'

const needs = [
  { program: 'Chromium', found: () => findChromium(), aptPackages: ['chromium'], variable: 'CHROMIUM_PATH' },
  {
    program: 'PostgreSQL',
    found: () => process.env.TEST_DATABASE_URL ?? findPostgres(),
    aptPackages: ['postgresql'],
    variable: 'TEST_DATABASE_URL',
  },
  { program: 'Firefox', found: () => findFirefox(), aptPackages: ['firefox-esr'], variable: 'FIREFOX_PATH' },
  {
    program: 'WebKitGTK with its driver and Xvfb',
    found: () => findWebKit(),
    aptPackages: ['webkit2gtk-driver', 'xvfb'],
  },
  {
    program: 'OpenStack Swift',
    found: () => findSwift(),
    aptPackages: ['swift-proxy', 'swift-account', 'swift-container', 'swift-object'],
  },
]
const missing = () => needs.filter(({ found }) => !found())

if (missing().length > 0 && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
  const packages = missing().flatMap(({ aptPackages }) => aptPackages)
  console.log(`Installing ${packages.join(' and ')} …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env })
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { stdio: 'inherit', env })
}
for (const { program, aptPackages, variable } of missing()) {
  const otherwise = variable ? ` or set ${variable}` : ''
  console.error(`${program} is missing. Install it (Debian: apt-get install ${aptPackages.join(' ')})${otherwise}.`)
}
if (missing().length > 0) process.exit(1)
