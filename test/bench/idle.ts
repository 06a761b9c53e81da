import { rm } from 'node:fs/promises'
import { Agent, get } from 'node:http'
import { connect, createServer } from 'node:http2'
import type { Socket } from 'node:net'
import { newId } from '../../src/server/auth/keys.ts'
import {
  addressOf,
  makeBatch,
  makeDevice,
  makeDist,
  makeOps,
  openTestStore,
  startProcess,
  temporaryFolder,
} from '../support/server.ts'
import { type Figure, figure } from './figure.ts'
import { letIn } from './hotEvent.ts'

/** What the app in Chromium on a phone says with each call over https, beside the cookie. */
const chromiumHeaders = {
  'sec-ch-ua-platform': '"Android"',
  'user-agent':
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36',
  'sec-ch-ua': '"Chromium";v="150", "Not.A/Brand";v="24"',
  'sec-ch-ua-mobile': '?1',
  accept: '*/*',
  'cache-control': 'no-cache',
  pragma: 'no-cache',
  'sec-fetch-site': 'same-origin',
  'sec-fetch-mode': 'cors',
  'sec-fetch-dest': 'empty',
  'accept-encoding': 'gzip, deflate, br, zstd',
  'accept-language': 'id-ID,id;q=0.9,en-US;q=0.8,en;q=0.7',
  priority: 'u=1, i',
  'hadir-version': '1',
}

type Call = { url: string; path: string; cookie: string }

/** What comes back over HTTP/1.1, status and headers too. */
async function bytesOfAnswer({ url, path, cookie }: Call): Promise<number> {
  const agent = new Agent({ keepAlive: true })
  try {
    return await new Promise((resolve, reject) => {
      const headers = { cookie, ...chromiumHeaders }
      get(url + path, { agent, headers }, (response) => {
        const { socket }: { socket: Socket } = response
        response.resume().on('end', () => {
          if (response.statusCode === 200) resolve(socket.bytesRead)
          else reject(new Error(`answered ${response.statusCode}`))
        })
      }).on('error', reject)
    })
  } finally {
    agent.destroy()
  }
}

/** Headers of one connection, or of one hop: HTTP/2 has others. */
const ofTheHop = ['connection', 'keep-alive', 'transfer-encoding']

/**
 * What goes up and comes back when a device asks again over the connection that it has, as phones do behind a proxy
 * with https: HTTP/2, which names a header that was said before by a number. Frames are counted, TLS is not.
 */
async function bytesBothWays({ url, path, cookie }: Call): Promise<number> {
  const proxy = createServer(async (request, response) => {
    const answer = await fetch(url + request.url, { headers: { cookie, 'accept-encoding': 'gzip' } })
    const body = Buffer.from(await answer.arrayBuffer())
    response.writeHead(
      answer.status,
      Object.fromEntries([...answer.headers].filter(([name]) => !ofTheHop.includes(name))),
    )
    response.end(body)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const address = proxy.address()
  const session = connect(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
  const counted = () => session.socket.bytesRead + session.socket.bytesWritten
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      const stream = session.request({ ':path': path, cookie, ...chromiumHeaders })
      stream.on('error', reject).on('close', resolve).resume().end()
    })
  try {
    await ask()
    await ask()
    const before = counted()
    await ask()
    return counted() - before
  } finally {
    session.close()
    proxy.close()
  }
}

/** A device that holds everything asks whether there is more. */
export async function measureIdle(): Promise<Figure[]> {
  const folder = temporaryFolder()
  const store = await openTestStore(folder)
  const [space, device] = [newId(), makeDevice()]
  await store.createSpace(space, newId(), Date.now())
  await store.append(space, makeBatch(device, space, makeOps(3)))
  const page = await store.readPage(space, undefined, { maxOps: 3, maxBytes: 1_000 })
  const credential = await letIn(store, space, device)
  await store.close()
  if (page?.state !== 'page') throw new Error('no page')
  const server = startProcess({ HADIR_DATA: folder, HADIR_DIST: makeDist(), LOG_LEVEL: 'error' })
  try {
    const { epoch, head, chain } = page
    const query = new URLSearchParams({ epoch, seq: String(head), chain })
    const call = {
      url: await addressOf(server),
      path: `/api/v1/spaces/${space}/pull?${query}`,
      cookie: `hadir_device=${credential}`,
    }
    return [
      figure('the answer when nothing is new, with headers', await bytesOfAnswer(call), 'B', 300, 1),
      figure('a sync with nothing to do, both ways, HTTP/2', await bytesBothWays(call), 'B', 300, 1),
    ]
  } finally {
    server.process.kill('SIGTERM')
    await server.ended
    await rm(folder, { recursive: true, force: true })
  }
}
