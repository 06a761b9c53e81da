/** The server on port 8080 and Vite in front of it, both starting again by themselves; Ctrl-C stops both. */
import { spawn } from 'node:child_process'

const programs = [
  spawn('node', ['--watch', 'src/server/main.ts', ...process.argv.slice(2)], { stdio: 'inherit' }),
  spawn('vite', [], { stdio: 'inherit' }),
]
for (const program of programs)
  program.on('exit', () => {
    for (const other of programs) other.kill()
  })
