import { newId, newSecret } from '../../src/server/auth/keys.ts'
import { type Endpoint, endpoints } from '../../src/server/endpoints.ts'
import { openApiDocument } from '../../tools/openApiDocument.ts'
import { makeBody, organizer } from '../support/server.ts'
import type { Caller } from '../support/teamSite.ts'
import { makeNextPush } from './callers.ts'

/** Every operation of the OpenAPI document, as a caller sends it. */
export const operations = Object.entries(openApiDocument().paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
)
export type Operation = (typeof operations)[number]
export const nameOf = ({ method, path }: Endpoint) => `${method} ${path}`

/** Sends a call; `{}` stands for what is no message at all. */
export async function call(
  { path, method, operation: { operationId } }: Operation,
  { browser }: Caller,
  inSpace: string,
  body: unknown,
) {
  const address = path.replace('{space}', inSpace).replace(/\{\w+\}/g, newId())
  if (method === 'GET') return browser.get(address)
  const isRaw = endpoints.some((endpoint) => endpoint.request === 'bytes' && nameOf(endpoint) === operationId)
  const type = isRaw ? 'application/octet-stream' : 'application/json'
  return browser.send(address, { method, headers: { 'Content-Type': type }, body: JSON.stringify(body) })
}

const hash = newSecret()
/** Requests that are answered with success, or with another status that tells that the caller was let in. */
export const samples: Record<string, { status: number; body: (caller: Caller, space: string) => unknown }> = {
  'POST /spaces/:space/push': {
    status: 200,
    body: makeNextPush,
  },
  'POST /spaces/:space/recover': {
    status: 400,
    body: () => ({
      ...{ epoch: newId(), after: 0, before: hash, chain: hash, witness: hash },
      ...{ devs: [newId()], ops: [[1, 0, 1, 1, 1, makeBody()]] },
    }),
  },
  'POST /account/name': { status: 200, body: () => ({ name: 'Organisator Uji' }) },
  'POST /account/password': {
    status: 200,
    body: () => ({ current: organizer.password, password: organizer.password }),
  },
  'POST /account/sign-outs': { status: 200, body: () => ({ device: null }) },
  'POST /account/passkeys/change': { status: 404, body: () => ({ id: 'A', name: null }) },
  'POST /reset-codes': { status: 404, body: () => ({ email: organizer.email }) },
  'POST /spaces/:space/gate': { status: 200, body: () => ({ open: newId(), close: null }) },
  'POST /spaces/:space/find': { status: 200, body: () => ({ by: 'nip', nip: '198609262015051001' }) },
  'POST /spaces/:space/invites': { status: 200, body: () => ({ role: 'facilitator' }) },
  'POST /spaces/:space/invites/:invite': { status: 404, body: () => ({ end: true }) },
  'POST /spaces/:space/quarantine/:dev': {
    status: 200,
    body: () => ({ decision: 'keep', reason: 'Uji', ops: [[1, newSecret()]] }),
  },
  'POST /spaces/:space/rights': {
    status: 404,
    body: () => ({ subject: `device:${newId()}`, role: null, reason: 'Uji' }),
  },
  'POST /spaces/:space/devices/:dev': { status: 404, body: () => ({ change: 'rename', name: 'Ponsel' }) },
  'POST /spaces/:space/forms/:form/ticket': {
    status: 404,
    body: () => ({ person: newId(), blinded: 'A'.repeat(44) }),
  },
}
