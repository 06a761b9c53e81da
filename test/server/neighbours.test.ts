import { expect, test } from 'vitest'
import { urlsOnNetwork } from '../../src/server/neighbours.ts'
import { makeServer, type TestServer } from '../support/server.ts'

/** What a server's health says to whom it sees at this address. */
async function healthFor({ app }: TestServer, remoteAddress: string): Promise<Record<string, unknown>> {
  const socket = { remoteAddress, remotePort: 50_000, remoteFamily: 'IPv4' }
  return (await app.request('http://localhost:8080/api/v1/health', {}, { incoming: { socket } })).json()
}

test('where phones of its network reach a server is told to its own machine, and to nobody else', async () => {
  const server = await makeServer()
  for (const own of ['127.0.0.1', '::ffff:127.0.0.1', '::1'])
    expect(await healthFor(server, own)).toMatchObject({ app: 'hadir', neighbours: urlsOnNetwork(8080) })
  for (const other of ['192.168.1.9', '2001:db8::1'])
    expect(await healthFor(server, other)).not.toHaveProperty('neighbours')
})

test('a server that has a name, or listens on one address, is reached by that alone', async () => {
  for (const reached of [{ publicUrl: 'https://hadir.contoh' }, { host: '127.0.0.1' }])
    expect(await healthFor(await makeServer(undefined, undefined, 0, undefined, reached), '127.0.0.1')).toMatchObject({
      neighbours: [],
    })
})
