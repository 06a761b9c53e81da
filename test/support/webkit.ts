import { createServer } from 'node:net'
import { findWebKit } from './machine.ts'
import { type OtherBrowser, openHome, toActions, toScript } from './otherBrowser.ts'

/** WebKit draws on a virtual screen, by software; it names the languages of a locale that need not be installed. */
const settings = {
  GDK_BACKEND: 'x11',
  LIBGL_ALWAYS_SOFTWARE: '1',
  WEBKIT_DISABLE_DMABUF_RENDERER: '1',
  NO_AT_BRIDGE: '1',
  LANGUAGE: 'id_ID',
}
const screen = ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp']
/** The driver says nothing when it is ready. */
const askAgainMs = 100

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

async function call(method: string, url: string, message?: object): Promise<unknown> {
  const response = await fetch(url, { method, body: message ? JSON.stringify(message) : null })
  const { value } = Object(await response.json())
  if (!response.ok) throw new Error(`${method} ${url}: ${JSON.stringify(value)}`)
  return value
}

async function untilReady(driver: string, ended: () => boolean): Promise<void> {
  while (!ended()) {
    if (await call('GET', `${driver}/status`).catch(() => undefined)) return
    await new Promise((resolve) => setTimeout(resolve, askAgainMs))
  }
  throw new Error('WebKitWebDriver did not start')
}

/** WebKitGTK's own small browser by WebDriver, on a virtual screen, with a window about as wide as a phone. */
export async function openWebKit(): Promise<OtherBrowser> {
  const programs = findWebKit()
  if (!programs) throw new Error('WebKitGTK, its driver or Xvfb is missing')
  const { start, close } = await openHome()
  try {
    const display = start(programs.screen, screen)
    const DISPLAY = `:${await display.says(/^(\d+)\n/m)}`
    const port = await freePort()
    const program = start(programs.driver, [`--port=${port}`], { ...settings, DISPLAY })
    const driver = `http://127.0.0.1:${port}`
    await untilReady(driver, program.hasEnded)
    const browserOptions = { binary: programs.browser, args: ['--automation'] }
    const alwaysMatch = { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': browserOptions }
    const { sessionId } = Object(await call('POST', `${driver}/session`, { capabilities: { alwaysMatch } }))
    const session = `${driver}/session/${sessionId}`
    await call('POST', `${session}/window/rect`, { width: 400, height: 860 })
    return {
      open: async (url) => void (await call('POST', `${session}/url`, { url })),
      run: async (body, ...given) => {
        const message = { script: toScript(body), args: [JSON.stringify(given)] }
        return JSON.parse(String(await call('POST', `${session}/execute/sync`, message)))
      },
      act: async (device, steps) =>
        void (await call('POST', `${session}/actions`, { actions: toActions(device, steps) })),
      close: async () => {
        await call('DELETE', session).catch(() => undefined)
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}
