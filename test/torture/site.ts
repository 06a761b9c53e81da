import { addressOf, makeDist, type ServerProcess, startProcess } from '../support/server.ts'
import type { AtEnd } from './cleanup.ts'

/** A server process that is killed and started again under one address. */
export type Site = {
  /** Resolves when the server listens: whoever calls while it is down waits for it. */
  address: () => Promise<string>
  setupToken: () => string
  process: () => ServerProcess
  /** `kill -9`; resolves once the process is gone. */
  kill: () => Promise<void>
  /** Ends it as an administrator does; resolves with its exit code. */
  stop: () => Promise<number | null>
  /** Starts it again, with other settings if there are any. */
  start: (settings?: Record<string, string>) => Promise<string>
}

export async function openSite(environment: Record<string, string>, atEnd: AtEnd, args: string[] = []): Promise<Site> {
  let settings: Record<string, string> = { HADIR_DIST: makeDist(), LOG_LEVEL: 'error', ...environment }
  let server = startProcess(settings, args)
  let announce: (url: string) => void
  const nextAddress = () =>
    new Promise<string>((resolve) => {
      announce = resolve
    })
  let ready = nextAddress()

  async function listen(): Promise<string> {
    const url = await addressOf(server)
    announce(url)
    return url
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    ready = nextAddress()
    server.process.kill(signal)
    return server.ended
  }

  const killNow = () => server.process.kill('SIGKILL')
  process.once('exit', killNow)
  atEnd(async () => {
    process.off('exit', killNow)
    await end('SIGKILL')
  })

  const url = await listen()
  const firstOutput = server.output
  settings = { ...settings, PORT: new URL(url).port }
  return {
    address: () => ready,
    setupToken: () => /siapkan#(\S+)/.exec(firstOutput())?.[1] ?? '',
    process: () => server,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    start: (changed = {}) => {
      settings = { ...settings, ...changed }
      server = startProcess(settings, args)
      return listen()
    },
  }
}
