/**
 * The server on port 8080 and Vite in front of it, both starting again by themselves; Ctrl-C stops both. The server
 * asks for a built app, and any will do: what is seen through Vite is the present one.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

if (!existsSync('dist/index.html')) spawnSync('vite', ['build', '--logLevel', 'warn'], { stdio: 'inherit' })

const programs = [
  spawn('node', ['--watch', 'src/server/main.ts', ...process.argv.slice(2)], { stdio: 'inherit' }),
  spawn('vite', [], { stdio: 'inherit' }),
]
for (const program of programs)
  program.on('exit', () => {
    for (const other of programs) other.kill()
  })
