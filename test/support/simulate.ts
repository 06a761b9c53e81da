import { execFile } from 'node:child_process'

/**
 * `npm run simulate` with these options, as a person runs it: a world with its own timers and keys does not share a
 * process with tests.
 */
export function simulate(...options: string[]): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    /**
     * A world is made of short-lived objects: with little room for the young ones a tenth of the time is collecting.
     */
    const args = ['--max-semi-space-size=64', 'tools/simulate.ts', ...options]
    execFile('node_modules/node/bin/node', args, (error, out, err) => {
      const status = typeof error?.code === 'number' ? error.code : 1
      resolve({ status: error ? status : 0, text: out + err })
    })
  })
}
