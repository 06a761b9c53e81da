import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

/** A step of the mouse or of the keys, as WebDriver and WebDriver BiDi both name it. */
export type Step =
  | { type: 'pointerMove'; x: number; y: number }
  | { type: 'pointerDown' | 'pointerUp'; button: 0 }
  | { type: 'keyDown' | 'keyUp'; value: string }

/** A browser that playwright does not drive: one page, what is done to it, and what it shows. */
export type OtherBrowser = {
  open: (url: string) => Promise<void>
  /** Calls a function that stands on its own in the page; arguments and result are what JSON carries. */
  run: <A extends unknown[], T>(body: (...given: A) => T, ...given: A) => Promise<T>
  act: (device: 'pointer' | 'key', steps: Step[]) => Promise<void>
  close: () => Promise<void>
}

/** How a function and its arguments are sent, and what comes back is read: as text, which all browsers carry alike. */
export const toScript = (body: (...given: never[]) => unknown) =>
  `return JSON.stringify((${body})(...JSON.parse(arguments[0])) ?? null)`

/** WebDriver tells devices apart by their names. */
export const toActions = (device: 'pointer' | 'key', actions: Step[]) => [{ type: device, id: device, actions }]

/** Nothing beyond this machine answers: browsers of distributions ask their makers for this and that. */
const nowhere = 'http://127.0.0.1:9'
const noNetwork = { http_proxy: nowhere, https_proxy: nowhere, no_proxy: '127.0.0.1,localhost' }

/** A program that belongs to a browser; `says` waits for what it prints, on its file 3 too. */
function startProgram(program: string, args: string[], env: Record<string, string | undefined>) {
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] })
  let hasEnded = false
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      hasEnded = true
      resolve()
    }
    child.once('close', end)
    child.once('error', end)
  })
  let output = ''
  let look: () => void = () => undefined
  const streams = [child.stdout, child.stderr, child.stdio[3]].filter((it): it is Readable => !!it && 'read' in it)
  for (const stream of streams)
    stream.on('data', (part: Buffer) => {
      output += part
      look()
    })
  return {
    says: async (words: RegExp): Promise<string> => {
      const said = new Promise<void>((resolve) => {
        look = () => {
          if (words.test(output)) resolve()
        }
        look()
      })
      await Promise.race([said, ended])
      const [, found] = words.exec(output) ?? []
      if (!found) throw new Error(`${program} did not start: ${output}`)
      return found
    },
    hasEnded: () => hasEnded,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

/**
 * A home folder for a browser and its programs, which root may use too; `close` ends them, the
 * last first, and removes it.
 */
export async function openHome() {
  const home = await mkdtemp(join(tmpdir(), 'hadir-browser-'))
  const programs: ReturnType<typeof startProgram>[] = []
  return {
    home,
    start: (program: string, args: string[], more: Record<string, string> = {}) => {
      const env = { PATH: process.env.PATH, HOME: home, XDG_RUNTIME_DIR: home, ...noNetwork, ...more }
      const started = startProgram(program, args, env)
      programs.unshift(started)
      return started
    },
    close: async () => {
      for (const program of programs) await program.stop()
      await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
    },
  }
}
