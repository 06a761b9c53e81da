import { ok, type Result } from '../../core/result.ts'
import { Done } from '../../protocol/account.ts'
import { AuditAnswer, type ExportRequest } from '../../protocol/audit.ts'
import { RatesAnswer } from '../../protocol/ballot.ts'
import type { Failure } from '../../protocol/failure.ts'
import { DecisionAnswer, type DecisionRequest, ParkedAnswer, QuarantineAnswer } from '../../protocol/quarantine.ts'
import { AttendeesAnswer, type DeviceRequest, type RightsRequest } from '../../protocol/rights.ts'
import type { Answer, Link } from './link.ts'

/** A parked op as the server tells it. */
export type Parked = ParkedAnswer['ops'][number]
export type Decision = Omit<DecisionRequest, 'ops'>

/**
 * What the team asks the server about an event, or with `*` about the whole organization: rights, devices, parked ops,
 * the history, and who was given tickets.
 */
export type Governing = {
  changeRight: (space: string, request: RightsRequest) => Answer<Done>
  changeDevice: (space: string, dev: string, request: DeviceRequest) => Answer<Done>
  endInvite: (space: string, invite: string) => Answer<Done>
  /** Attendees' devices, the last enrolled first, behind the last one that was told. */
  attendeeDevices: (space: string, last?: { dev: string; enrolledAt: number }) => Answer<AttendeesAnswer>
  quarantine: (space: string) => Answer<QuarantineAnswer>
  /** All that is parked of a device. */
  parked: (space: string, dev: string) => Promise<Result<Parked[], Failure>>
  /** How many ops a decision changed. */
  decide: (space: string, dev: string, ops: Parked[], decision: Decision) => Promise<Result<number, Failure>>
  /** How many were given a ticket for an anonymous form, by role and session. */
  rates: (space: string, form: string) => Answer<RatesAnswer>
  /** The server's own history: of one device (`dev`) only, entries before number `before`. */
  audit: (space: string, of?: { dev?: string | undefined; before?: number | undefined }) => Answer<AuditAnswer>
  /** Notes there that it is taken out as a file. */
  noteExport: (space: string, request: ExportRequest) => Answer<Done>
}

/** Ops in one decision: a part of what a request may hold, so that each is quick. */
const decidedAtOnce = 200

/** Loaded with the first of these screens: most devices never ask. */
export function createGoverning({ ask }: Pick<Link, 'ask'>): Governing {
  async function parked(space: string, dev: string): Promise<Result<Parked[], Failure>> {
    const all: Parked[] = []
    for (;;) {
      const last = all.at(-1)
      const after = last ? `?n=${last.n}&link=${last.link}` : ''
      const answer = await ask(ParkedAnswer, 'GET', `/spaces/${space}/quarantine/${dev}${after}`)
      if (!answer.ok) return answer
      if (answer.value.ops.length === 0) return ok(all)
      all.push(...answer.value.ops)
    }
  }

  return {
    changeRight: (space, request) => ask(Done, 'POST', `/spaces/${space}/rights`, request),
    changeDevice: (space, dev, request) => ask(Done, 'POST', `/spaces/${space}/devices/${dev}`, request),
    endInvite: (space, invite) => ask(Done, 'POST', `/spaces/${space}/invites/${invite}`, { end: true }),
    attendeeDevices: (space, last) => {
      const behind = last ? `?before=${last.enrolledAt}&dev=${last.dev}` : ''
      return ask(AttendeesAnswer, 'GET', `/spaces/${space}/attendees${behind}`)
    },
    quarantine: (space) => ask(QuarantineAnswer, 'GET', `/spaces/${space}/quarantine`),
    parked,
    decide: async (space, dev, ops, decision) => {
      let changed = 0
      for (let from = 0; from < ops.length; from += decidedAtOnce) {
        const names = ops.slice(from, from + decidedAtOnce).map(({ n, link }): [number, string] => [n, link])
        const request: DecisionRequest = { ...decision, ops: names }
        const answer = await ask(DecisionAnswer, 'POST', `/spaces/${space}/quarantine/${dev}`, request)
        if (!answer.ok) return answer
        changed += answer.value.changed
      }
      return ok(changed)
    },
    rates: (space, form) => ask(RatesAnswer, 'GET', `/spaces/${space}/forms/${form}/rates`),
    audit: (space, { dev, before } = {}) => {
      const query = new URLSearchParams()
      if (dev !== undefined) query.set('about', `device:${dev}`)
      if (before !== undefined) query.set('before', String(before))
      return ask(AuditAnswer, 'GET', `/spaces/${space}/audit${query.size > 0 ? `?${query}` : ''}`)
    },
    noteExport: (space, request) => ask(Done, 'POST', `/spaces/${space}/audit`, request),
  }
}
