import * as v from 'valibot'
import { fail, ok } from '../../core/result.ts'
import { Done } from '../../protocol/account.ts'
import { EnrolAnswer } from '../../protocol/enrol.ts'
import { Refusal } from '../../protocol/failure.ts'
import { InviteAnswer, TeamAnswer } from '../../protocol/invite.ts'
import { type Cursor, PullAnswer } from '../../protocol/pull.ts'
import { PushAnswer } from '../../protocol/push.ts'
import { SessionAnswer } from '../../protocol/session.ts'
import type { Answer, Link } from './link.ts'

/** A slow village line still gets a page through; a server that accepts and never answers does not hold us longer. */
const timeoutMs = 30_000
/** Below this a request is not worth compressing. */
const gzipFromBytes = 1_024

async function encode(body: unknown): Promise<{ body: BodyInit; headers: Record<string, string> }> {
  const headers = { 'Content-Type': 'application/json' }
  const text = JSON.stringify(body)
  if (text.length < gzipFromBytes || !('CompressionStream' in globalThis)) return { body: text, headers }
  const zipped = new Response(text).body?.pipeThrough(new CompressionStream('gzip'))
  return { body: await new Response(zipped).arrayBuffer(), headers: { ...headers, 'Content-Encoding': 'gzip' } }
}

/** The link over HTTPS. What answers without Hadir's words, whatever its status, is not Hadir: a captive portal says 200. */
export function createHttpLink(base = '/api/v1', send: typeof fetch = (...request) => fetch(...request)): Link {
  async function call<S extends v.GenericSchema>(
    schema: S,
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
  ): Answer<v.InferOutput<S>> {
    let response: Response
    let answer: unknown
    const abort = new AbortController()
    const timer = setTimeout(() => abort.abort(), timeoutMs)
    try {
      const encoded = body === undefined ? {} : await encode(body)
      response = await send(base + path, { method, signal: abort.signal, cache: 'no-store', ...encoded })
      answer = await response.json()
    } catch (error) {
      if (error instanceof SyntaxError) return fail({ kind: 'notHadir' as const })
      return fail({ kind: abort.signal.aborted ? ('timeout' as const) : ('offline' as const) })
    } finally {
      clearTimeout(timer)
    }
    if (response.ok) {
      const parsed = v.safeParse(schema, answer)
      return parsed.success ? ok(parsed.output) : fail({ kind: 'notHadir' as const })
    }
    const refusal = v.safeParse(Refusal, answer)
    return fail(refusal.success ? refusal.output : { kind: 'notHadir' as const })
  }

  const post = <S extends v.GenericSchema>(schema: S, path: string, body: unknown) => call(schema, 'POST', path, body)
  const done = async (answer: Answer<Done>): Answer<void> => {
    const result = await answer
    return result.ok ? ok(undefined) : result
  }
  const query = (cursor: Cursor | undefined) =>
    cursor ? `?${new URLSearchParams({ epoch: cursor.epoch, seq: String(cursor.seq), chain: cursor.chain })}` : ''

  return {
    session: () => call(SessionAnswer, 'GET', '/session'),
    push: (space, request) => post(PushAnswer, `/spaces/${space}/push`, request),
    pull: (space, cursor) => call(PullAnswer, 'GET', `/spaces/${space}/pull${query(cursor)}`),
    recover: (space, request) => done(post(Done, `/spaces/${space}/recover`, request)),
    setUp: (request) => done(post(Done, '/setup', request)),
    signIn: (request) => done(post(Done, '/sign-in', request)),
    signOut: () => done(post(Done, '/sign-out', {})),
    enrol: (request) => post(EnrolAnswer, '/enrol', request),
    invite: (space, request) => post(InviteAnswer, `/spaces/${space}/invites`, request),
    team: (space) => call(TeamAnswer, 'GET', `/spaces/${space}/team`),
  }
}
