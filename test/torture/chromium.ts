import { spawn } from 'node:child_process'
import { setImmediate as tick } from 'node:timers/promises'
import { chromium, type Page } from 'playwright-core'
import { chromiumArgs, findChromium } from '../support/machine.ts'
import type { AtEnd } from './cleanup.ts'

/** A browser whose processes can all be killed at once, as a phone dies whose battery is empty. */
export type Chromium = {
  page: Page
  kill: () => Promise<void>
  /** Ends it as a person does: what Chromium keeps in memory for up to half a minute, cookies, is on the disk then. */
  quit: () => Promise<void>
}

/** Whether a process of the group is left. */
function isAlive(group: number): boolean {
  try {
    return process.kill(-group, 0)
  } catch {
    return false
  }
}

/** Chromium in a process group of its own, over a profile on the disk. */
export async function openChromium(profile: string, atEnd: AtEnd): Promise<Chromium> {
  const args = ['--headless', '--remote-debugging-port=0', '--lang=id-ID', `--user-data-dir=${profile}`, 'about:blank']
  const child = spawn(findChromium() ?? 'chromium', [...chromiumArgs, ...args], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const group = child.pid
  if (group === undefined) throw new Error('Chromium does not start')
  const exited = new Promise((resolve) => child.once('exit', resolve))
  const killNow = () => isAlive(group) && process.kill(-group, 'SIGKILL')
  process.once('exit', killNow)

  const kill = async (): Promise<void> => {
    process.off('exit', killNow)
    killNow()
    await exited
    while (isAlive(group)) await tick()
  }
  atEnd(kill)

  const address = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stderr.on('data', (part: Buffer) => {
      said += part.toString()
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1]
      if (found) resolve(found)
    })
    void exited.then(() => reject(new Error(said)))
  })
  const browser = await chromium.connectOverCDP(address)
  const [context] = browser.contexts()
  const page = context?.pages()[0] ?? (await context?.newPage())
  if (!page) throw new Error('Chromium has no page')
  page.setDefaultTimeout(30_000)
  return {
    page,
    kill,
    quit: async () => {
      const session = await browser.newBrowserCDPSession()
      await session.send('Browser.close')
      await exited
      await kill()
    },
  }
}
