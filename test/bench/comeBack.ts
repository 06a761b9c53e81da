import * as v from 'valibot'
import { checkIn } from '../../src/core/attendance.ts'
import { toBase64Url } from '../../src/core/bytes.ts'
import { packInk } from '../../src/core/ink.ts'
import { type Change, encodeBody } from '../../src/core/op.ts'
import { setPerson } from '../../src/core/person.ts'
import { PullPage } from '../../src/protocol/pull.ts'
import { newId, newOwner } from '../../src/server/auth/keys.ts'
import type { Store } from '../../src/server/store/store.ts'
import { makeDevice, type WireOp } from '../support/server.ts'
import { drawSignature } from '../support/signature.ts'
import { type Figure, figure, percentile } from './figure.ts'
import { letIn, type Phone, pushAll, requestOf, zipRequest } from './hotEvent.ts'
import { inventPerson } from './invented.ts'
import { inventBodies } from './inventedOps.ts'

const phones = 1_000
/** Who hold the log; everybody else is an attendee, who reads his own view. */
const team = 20
const opsOfTeam = 10

type Returning = Phone & { isTeam: boolean; zipped: Uint8Array<ArrayBuffer> }
const random = (count: number) => crypto.getRandomValues(new Uint8Array(count))
const session = '0'.repeat(22)

/** What an attendee's phone has when he leaves: himself with his signature, his answers, and what he has read. */
function inventAttendee(owner: string, i: number): string[] {
  const { name, institution, position } = inventPerson(i)
  const person = owner + newId().slice(owner.length)
  const body = (changes: Change[]) => encodeBody(toBase64Url(random(8)), changes)
  const answers = { p: person, f: session, a: { materi: 5, waktu: 4, saran: 'Waktu tanya jawab agar ditambah.' } }
  return [
    body([
      setPerson(person, { name, institution, position }),
      checkIn({ person, session, method: 'own', ink: packInk(drawSignature(i)) }),
    ]),
    body([{ type: 'add', kind: 'response', fields: answers }]),
    body([{ type: 'add', kind: 'opened', fields: { m: session } }]),
  ]
}

/** An event's phones, each enrolled, with what it made without a network. */
export async function inviteAll(store: Store, space: string): Promise<Returning[]> {
  const now = Date.now()
  await store.createSpace(space, newId(), now)
  const checkIns = inventBodies({ people: 0, checkIns: team * opsOfTeam, ink: true }, random).slice(1)
  const made: Returning[] = []
  for (let i = 0; i < phones; i++) {
    const [device, isTeam, owner] = [makeDevice(), i % (phones / team) === 0, newOwner()]
    const credential = await letIn(store, space, device, isTeam ? undefined : owner)
    const bodies = isTeam ? checkIns.splice(0, opsOfTeam) : inventAttendee(owner, i)
    const ops = bodies.map((body, k): WireOp => [k + 1, now + k, now + k, body])
    const request = requestOf(device, space, ops)
    made.push({ credential, request, isTeam, zipped: await zipRequest(request) })
  }
  return made
}

/** Asks until it is answered, as often as it is told to wait. */
async function ask(url: string, credential: string): Promise<Response> {
  for (;;) {
    const answer = await fetch(url, { headers: { Cookie: `hadir_device=${credential}` } })
    if (answer.ok) return answer
    const wait = answer.headers.get('Retry-After')
    if (wait === null) throw new Error(`refused without a time to wait: ${answer.status} ${await answer.text()}`)
    await answer.body?.cancel()
    await new Promise((resolve) => setTimeout(resolve, Number(wait) * 1_000))
  }
}

/** Reads the log to where it ends. */
async function readLog(url: string, credential: string): Promise<void> {
  let query = ''
  for (;;) {
    const answer: unknown = await (await ask(`${url}/pull${query}`, credential)).json()
    const page = v.parse(PullPage, answer)
    const seq = page.after + page.ops.length
    if (seq >= page.head) return
    query = `?${new URLSearchParams({ epoch: page.epoch, seq: String(seq), chain: page.chain })}`
  }
}

/**
 * A round as the app does it: who am I, what I have, what is new. Ms until everything is sent, and until it is read.
 */
async function comeBack(url: string, space: string, phone: Returning): Promise<{ sent: number; read: number }> {
  const start = performance.now()
  const { credential, request } = phone
  const base = `${url}/api/v1`
  await (await ask(`${base}/session?unsent=${request.ops.length}`, credential)).arrayBuffer()
  await pushAll(url, space, phone, phone.zipped)
  const sent = performance.now() - start
  if (phone.isTeam) await readLog(`${base}/spaces/${space}`, credential)
  else await (await ask(`${base}/spaces/${space}/view`, credential)).arrayBuffer()
  return { sent, read: performance.now() - start }
}

/**
 * All phones of an event come back into coverage at once: those of the team with check-ins, the others with their own.
 */
export async function measureReturn(name: string, url: string, space: string, all: Returning[]): Promise<Figure[]> {
  const waited = await Promise.all(all.map((phone) => comeBack(url, space, phone)))
  const p99 = (of: (one: { sent: number; read: number }) => number) => percentile(waited.map(of), 0.99) / 1_000
  return [
    figure(
      `1,000 phones come back: all is sent, p99, ${name}`,
      p99(({ sent }) => sent),
      's',
      5,
      1,
    ),
    figure(
      `the same: what is new is read, p99, ${name}`,
      p99(({ read }) => read),
      's',
      5,
      1,
    ),
  ]
}
