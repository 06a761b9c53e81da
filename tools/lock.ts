/**
 * Makes package-lock.json the same on every machine: drops the download addresses, and names the optional
 * packages of other platforms that a registry mirror without them left out (`npm ci` refuses a lock that lacks them).
 * Run it after every change of dependencies: `npm run lock`.
 */
import { readFileSync, writeFileSync } from 'node:fs'

type Package = {
  version?: string
  resolved?: string
  optional?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
}

const platforms = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32', 'aix']
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64', 'wasm32']

const file = new URL('../package-lock.json', import.meta.url)
const lock: { packages: Record<string, Package> } = JSON.parse(readFileSync(file, 'utf8'))

function foreignPackage(name: string, version: string): Package {
  const words = name.split(/[-/]/)
  const os = words.find((word) => platforms.includes(word)) ?? (words.includes('wasm32') ? 'none' : undefined)
  const cpu = processors.find((processor) =>
    words.some((word) => word === processor || word.startsWith(`${processor}-`)),
  )
  const libc = words.includes('musl') ? ['musl'] : words.includes('gnu') ? ['glibc'] : undefined
  if (!os && !cpu) throw new Error(`${name}: no platform in its name; look at it by hand`)
  return { version, optional: true, ...(os && { os: [os] }), ...(cpu && { cpu: [cpu] }), ...(libc && { libc }) }
}

for (const [path, found] of Object.entries(lock.packages)) {
  delete found.resolved
  for (const [name, range] of Object.entries(found.optionalDependencies ?? {})) {
    const places = [`${path}/node_modules/${name}`, `node_modules/${name}`]
    if (places.some((place) => lock.packages[place])) continue
    const version = range.replace(/^[~^]/, '')
    if (/^\d+\.\d+\.\d+/.test(version)) lock.packages[`node_modules/${name}`] = foreignPackage(name, version)
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
