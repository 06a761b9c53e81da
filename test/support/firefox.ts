import { findFirefox } from './machine.ts'
import { type OtherBrowser, openHome, toActions, toScript } from './otherBrowser.ts'

type Answer = { id: number; error?: string; message?: string; result?: unknown }
type Call = (method: string, params: object) => Promise<unknown>

/** What WebDriver BiDi says of a value that it took out of a page: here always a text. */
function readText(result: unknown): string {
  const { type, result: value, exceptionDetails } = Object(result)
  if (type !== 'success' || typeof value?.value !== 'string') throw new Error(exceptionDetails?.text ?? 'no text')
  return value.value
}

/** One call after the other over WebDriver BiDi, which Firefox speaks itself. */
async function openSocket(url: string): Promise<{ call: Call; close: () => void }> {
  const socket = new WebSocket(url)
  const waiting = new Map<number, (answer: Answer) => void>()
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true })
    socket.addEventListener('error', reject, { once: true })
  })
  socket.addEventListener('message', ({ data }) => {
    const answer: Answer = JSON.parse(String(data))
    waiting.get(answer.id)?.(answer)
    waiting.delete(answer.id)
  })
  let calls = 0
  return {
    call: (method, params) => {
      const id = ++calls
      socket.send(JSON.stringify({ id, method, params }))
      return new Promise((resolve, reject) => {
        waiting.set(id, ({ error, message, result }) =>
          error ? reject(new Error(`${method}: ${error}: ${message}`)) : resolve(result),
        )
      })
    },
    close: () => socket.close(),
  }
}

/** Firefox as it is installed, with a profile of its own and a page as large as a phone's. */
export async function openFirefox(): Promise<OtherBrowser> {
  const { home, start, close } = await openHome()
  try {
    const args = ['--headless', '--no-remote', '--profile', home, '--remote-debugging-port', '0', 'about:blank']
    const program = start(findFirefox() ?? 'firefox', args)
    const socket = await openSocket(`${await program.says(/BiDi listening on (ws:\S+)/)}/session`)
    const { call } = socket
    await call('session.new', { capabilities: {} })
    const { contexts } = Object(await call('browsingContext.getTree', {}))
    const context: string = contexts[0].context
    await call('browsingContext.setViewport', { context, viewport: { width: 360, height: 740 } })
    return {
      open: async (url) => void (await call('browsingContext.navigate', { context, url, wait: 'interactive' })),
      run: async (body, ...given) => {
        const called = await call('script.callFunction', {
          functionDeclaration: `function () { ${toScript(body)} }`,
          arguments: [{ type: 'string', value: JSON.stringify(given) }],
          target: { context },
          awaitPromise: false,
        })
        return JSON.parse(readText(called))
      },
      act: async (device, steps) =>
        void (await call('input.performActions', { context, actions: toActions(device, steps) })),
      close: async () => {
        socket.close()
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}
