import { Agent, get, type IncomingMessage } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { type Listener, listenAll } from '../../src/server/listen.ts'

let listeners: Listener[] = []
afterEach(async () => {
  await Promise.all(listeners.map(({ close }) => close()))
})

async function listen(): Promise<string> {
  const listening = await listenAll([{ port: 0, host: '127.0.0.1', fetch: () => Response.json({ state: 'same' }) }])
  if (!listening.ok) throw new Error(listening.failure.detail)
  listeners = listening.value
  return `http://127.0.0.1:${listeners[0]?.port}`
}

function ask(url: string, agent: Agent): Promise<{ answer: IncomingMessage; onTheSame: boolean }> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent }, (answer) => {
      answer.resume().on('end', () => resolve({ answer, onTheSame: request.reusedSocket }))
    })
    request.on('error', reject)
  })
}

test('a connection stays open without an answer spending bytes to say so', async () => {
  const url = await listen()
  const agent = new Agent({ keepAlive: true })
  const first = await ask(url, agent)
  const second = await ask(url, agent)
  agent.destroy()
  expect([first.onTheSame, second.onTheSame]).toEqual([false, true])
  expect(Object.keys(second.answer.headers).sort()).toEqual(['content-length', 'content-type', 'date'])
})

test('that a connection ends is said', async () => {
  const { answer } = await ask(await listen(), new Agent({ keepAlive: false }))
  expect(answer.headers.connection).toBe('close')
})
