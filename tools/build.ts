/** Builds the app into dist/ unless it is newer than everything it is made of; `npm start` runs this first. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'

const sources = ['index.html', 'vite.config.ts', 'package-lock.json', 'public', 'locales', 'src']

function newestChangeMs(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) return 0
  if (!stats.isDirectory()) return stats.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newestChangeMs(`${path}/${name}`)))
}

const built = 'dist/sw.js'
if (!existsSync(built) || statSync(built).mtimeMs < Math.max(...sources.map(newestChangeMs))) {
  const { status } = spawnSync('vite', ['build', '--logLevel', 'warn'], { stdio: 'inherit' })
  process.exit(status ?? 1)
}
