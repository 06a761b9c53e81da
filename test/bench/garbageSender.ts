/**
 * Sends calls that nobody should send, so many a second, from a thread of its own, until it is told to end. Its first
 * message says that a second's worth has been answered, its second what was sent and answered in all.
 */
import { randomBytes } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'

const { url, space, perSecond, kinds }: { url: string; space: string; perSecond: number; kinds: string[] } = workerData

const id = (bytes: number) => randomBytes(bytes).toString('base64url')
const bomb = new Uint8Array(gzipSync(Buffer.alloc(64_000_000, ' ')))
const long = JSON.stringify({ v: 1, ops: ['x'.repeat(20_000)] })
type Call = { path: string; body?: string | Uint8Array<ArrayBuffer>; encoding?: string; cookie?: string }
const calls: Record<string, () => Call> = {
  bytes: () => ({ path: `spaces/${space}/push`, body: new Uint8Array(randomBytes(2_000)), cookie: id(32) }),
  long: () => ({ path: `spaces/${space}/push`, body: long, cookie: id(32) }),
  bomb: () => ({ path: 'ballots', body: bomb, encoding: 'gzip' }),
  pull: () => ({ path: `spaces/${id(16)}/pull`, cookie: id(32) }),
  unknown: () => ({ path: id(8) }),
  enrol: () => ({
    path: 'enrol',
    body: JSON.stringify({ publicKey: `BA${id(64).slice(0, 85)}`, proof: id(64), name: 'x', code: id(6) }),
  }),
  signIn: () => ({ path: 'sign-in', body: JSON.stringify({ email: `${id(6)}@contoh.example`, password: id(9) }) }),
  ballot: () => ({
    path: 'ballots',
    body: JSON.stringify({ space, form: id(16), version: id(16), nonce: id(32), token: id(32), answers: {} }),
  }),
}

const chosen = kinds.map((kind) => calls[kind]).filter((call) => call !== undefined)
let sent = 0
let underWay = 0
const began = performance.now()
const answers: Record<string, number> = {}
let answered = 0

async function send({ path, body, encoding, cookie }: Call): Promise<void> {
  underWay++
  try {
    const response = await fetch(`${url}/api/v1/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(encoding && { 'Content-Encoding': encoding }),
        ...(cookie && { Cookie: `hadir_device=${cookie}` }),
      },
      ...(body !== undefined && { body }),
    })
    await response.arrayBuffer()
    answers[response.status] = (answers[response.status] ?? 0) + 1
  } catch {
    answers.broken = (answers.broken ?? 0) + 1
  }
  underWay--
  if (++answered === perSecond) parentPort?.postMessage('flooding')
}

const timer = setInterval(() => {
  const due = Math.floor(((performance.now() - began) / 1000) * perSecond)
  for (; sent < due; sent++) {
    const call = chosen[sent % chosen.length]
    /** A flood does not wait for answers, but this machine has an end. */
    if (call && underWay < 2_000) void send(call())
  }
}, 20)

parentPort?.on('message', () => {
  clearInterval(timer)
  parentPort?.postMessage({ sent, answers })
  parentPort?.close()
})
