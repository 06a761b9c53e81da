import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export type Citizen = { sub: string; name?: string; email?: string; email_verified?: boolean }
/** What a provider may do wrong, or an attacker in its place. */
export type Fault = 'nonce' | 'signature' | 'audience' | 'issuer' | 'expired'

export const clientId = 'hadir'
export const clientSecret = 'rahasia-uji'

const text = (data: object | Buffer) =>
  (Buffer.isBuffer(data) ? data : Buffer.from(JSON.stringify(data))).toString('base64url')

/**
 * A small OpenID provider on the loopback that is strict about what it is sent: redirect address, S256, client secret,
 * a code used once. `isTerse`: names and e-mails are told only when asked for. Whoever comes is `citizen`, signed in
 * there already; without one the person gives up.
 */
export async function startIdentityProvider() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { privateKey: otherKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const codes = new Map<string, { challenge: string; nonce: string; redirectUri: string; citizen: Citizen }>()
  const state: { citizen: Citizen | undefined; fault: Fault | undefined; redirectUri: string; isTerse: boolean } = {
    ...{ citizen: undefined, fault: undefined, redirectUri: '', isTerse: false },
  }
  let issuer = ''

  function idToken({ citizen, nonce }: { citizen: Citizen; nonce: string }): string {
    const { fault } = state
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      ...(state.isTerse ? { sub: citizen.sub } : citizen),
      iss: fault === 'issuer' ? 'https://lain.example' : issuer,
      aud: fault === 'audience' ? 'lain' : clientId,
      nonce: fault === 'nonce' ? 'lain' : nonce,
      iat: now,
      exp: fault === 'expired' ? now - 3600 : now + 300,
    }
    const signed = `${text({ alg: 'RS256', kid: 'a' })}.${text(claims)}`
    return `${signed}.${text(sign('sha256', Buffer.from(signed), fault === 'signature' ? otherKey : privateKey))}`
  }

  function authorize(query: URLSearchParams): string {
    const ask = (name: string) => query.get(name) ?? ''
    const back = new URL(ask('redirect_uri'))
    const isRight = back.href === state.redirectUri && ask('client_id') === clientId
    if (!isRight || ask('code_challenge_method') !== 'S256' || ask('response_type') !== 'code') throw new Error('bad')
    back.searchParams.set('state', ask('state'))
    if (state.citizen) {
      const code = randomBytes(16).toString('hex')
      const asked = { challenge: ask('code_challenge'), nonce: ask('nonce'), redirectUri: back.origin + back.pathname }
      codes.set(code, { ...asked, citizen: state.citizen })
      back.searchParams.set('code', code)
    } else back.searchParams.set('error', 'access_denied')
    return back.href
  }

  function exchange(form: URLSearchParams, authorization: string): object | undefined {
    const held = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
    const isClient = authorization === basic || form.get('client_secret') === clientSecret
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (!held || !isClient || proof !== held.challenge || form.get('redirect_uri') !== held.redirectUri)
      return undefined
    return {
      access_token: randomBytes(16).toString('hex'),
      token_type: 'Bearer',
      expires_in: 300,
      id_token: idToken(held),
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer)
    const json = (status: number, body: object) =>
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
    if (url.pathname === '/authorize')
      return void response.writeHead(302, { Location: authorize(url.searchParams) }).end()
    if (url.pathname === '/jwks')
      return void json(200, { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'a' }] })
    if (url.pathname === '/token') {
      let body = ''
      for await (const part of request) body += part
      const tokens = exchange(new URLSearchParams(body), request.headers.authorization ?? '')
      return void json(tokens ? 200 : 400, tokens ?? { error: 'invalid_grant' })
    }
    if (url.pathname === '/userinfo') return void json(200, { ...state.citizen })
    json(200, {
      issuer,
      userinfo_endpoint: `${issuer}/userinfo`,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
    })
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(400).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  issuer = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  return {
    issuer,
    state,
    /** Sends a browser that came with this address back: the address it is led to. */
    visit: (url: string) => authorize(new URL(url).searchParams),
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}
export type IdentityProvider = Awaited<ReturnType<typeof startIdentityProvider>>
