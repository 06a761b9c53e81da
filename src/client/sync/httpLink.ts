import * as v from 'valibot'
import { ok } from '../../core/result.ts'
import { Done } from '../../protocol/account.ts'
import { TicketAnswer } from '../../protocol/ballot.ts'
import { EnrolAnswer } from '../../protocol/enrol.ts'
import { FileProgress } from '../../protocol/file.ts'
import { FindAnswer } from '../../protocol/find.ts'
import { GateAnswer } from '../../protocol/gate.ts'
import { InviteAnswer, TeamAnswer } from '../../protocol/invite.ts'
import { type Cursor, PullAnswer } from '../../protocol/pull.ts'
import { PushAnswer } from '../../protocol/push.ts'
import { SessionAnswer } from '../../protocol/session.ts'
import { ViewAnswer } from '../../protocol/view.ts'
import { createCall, encodeAhead } from './call.ts'
import type { Answer, Link } from './link.ts'

/** The link over HTTPS. */
export function createHttpLink(base?: string, send?: typeof fetch): Link {
  const call = createCall(base, send)
  const post = <S extends v.GenericSchema>(schema: S, path: string, body: unknown) => call(schema, 'POST', path, body)
  const done = async (answer: Answer<Done>): Answer<void> => {
    const result = await answer
    return result.ok ? ok(undefined) : result
  }
  const query = (cursor: Cursor | undefined) =>
    cursor ? `?${new URLSearchParams({ epoch: cursor.epoch, seq: String(cursor.seq), chain: cursor.chain })}` : ''

  return {
    session: (unsent) => call(SessionAnswer, 'GET', unsent === undefined ? '/session' : `/session?unsent=${unsent}`),
    push: (space, request) => post(PushAnswer, `/spaces/${space}/push`, request),
    prepare: encodeAhead,
    pull: (space, cursor) => call(PullAnswer, 'GET', `/spaces/${space}/pull${query(cursor)}`),
    recover: (space, request) => done(post(Done, `/spaces/${space}/recover`, request)),
    setUp: (request) => done(post(Done, '/setup', request)),
    signIn: (request) => done(post(Done, '/sign-in', request)),
    signOut: () => done(post(Done, '/sign-out', {})),
    enrol: (request) => post(EnrolAnswer, '/enrol', request),
    gate: (space, request) => post(GateAnswer, `/spaces/${space}/gate`, request),
    view: async (space, tag) => {
      const answer = await call(v.nullable(ViewAnswer), 'GET', `/spaces/${space}/view`, undefined, { heldTag: tag })
      return answer.ok ? ok(answer.value ?? undefined) : answer
    },
    find: (space, request) => post(FindAnswer, `/spaces/${space}/find`, request),
    ticket: (space, form, request) => post(TicketAnswer, `/spaces/${space}/forms/${form}/ticket`, request),
    ballot: (request) => done(call(Done, 'POST', '/ballots', request, { asNobody: true })),
    beginFile: (space, request) => post(FileProgress, `/spaces/${space}/files`, request),
    sendChunk: (space, hash, offset, bytes) =>
      call(FileProgress, 'PUT', `/spaces/${space}/files/${hash}?offset=${offset}`, bytes),
    invite: (space, request) => post(InviteAnswer, `/spaces/${space}/invites`, request),
    ask: call,
    team: (space) => call(TeamAnswer, 'GET', `/spaces/${space}/team`),
  }
}
