import { p256_oprf } from '@noble/curves/nist.js'
import { beforeAll, describe, expect, test } from 'vitest'
import { fold } from '../../src/core/fold.ts'
import { publishVersion, readForms, setForm } from '../../src/core/form/form.ts'
import { readResponses, respond } from '../../src/core/form/response.ts'
import { type Change, encodeBody } from '../../src/core/op.ts'
import { samePerson, setPerson } from '../../src/core/person.ts'
import type { Role } from '../../src/core/role.ts'
import { emptyBallotBox } from '../../src/server/auth/ballotBox.ts'
import { newId } from '../../src/server/auth/keys.ts'
import {
  type Browser,
  makePush,
  makeServer,
  openOrganizer,
  type TestDevice,
  type TestServer,
} from '../support/server.ts'

const { voprf } = p256_oprf
const dayMs = 86_400_000
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
const bytes = (from: string) => Uint8Array.from(Buffer.from(from, 'base64url'))

let server: TestServer
let browser: Browser
let device: TestDevice
let space: string
let form: string
const version = newId()

/** Pushes one op of these changes. */
let pushed = 0
let last: Uint8Array | undefined
async function push(changes: Change[]): Promise<void> {
  pushed++
  const made = makePush(device, space, [[pushed, 1000, server.clock.now, encodeBody(newId(), changes)]], last)
  last = made.last
  const response = await browser.post(`/api/v1/spaces/${space}/push`, made.request)
  expect(await response.json()).toMatchObject({ results: [{ state: 'committed' }] })
}

const attend = (person: string): Change => ({
  type: 'add',
  kind: 'attendance',
  fields: { p: person, s: 's', m: 'facilitator' },
})

/** What a phone does between ticket and ballot. */
async function obtainTicket(person: string) {
  const nonce = crypto.getRandomValues(new Uint8Array(32))
  const { blind, blinded } = voprf.blind(nonce)
  const ask = () => browser.post(`/api/v1/spaces/${space}/forms/${form}/ticket`, { person, blinded: text(blinded) })
  const response = await ask()
  if (!response.ok) return { status: response.status }
  const { evaluated, proof, publicKey } = await response.json()
  const token = voprf.finalize(nonce, blind, bytes(evaluated), blinded, bytes(publicKey), bytes(proof))
  return { status: 200, ask, nonce: text(nonce), token: text(token) }
}
const cast = (nonce: string, token: string, answers = {}) =>
  server.openBrowser().post('/api/v1/ballots', { space, form, version, nonce, token, answers })

async function readLog() {
  const page = await server.deps.store.readPage(space, undefined, { maxOps: 1000, maxBytes: 1e7 })
  if (page?.state !== 'page') throw new Error('no page')
  const folded = fold(page.ops)
  const record = readForms(folded).get(form)
  return { ops: page.ops, responses: record ? readResponses(folded, record) : [] }
}

async function vote(person: string, answers: object): Promise<void> {
  await push([attend(person)])
  const { nonce = '', token = '' } = await obtainTicket(person)
  expect((await cast(nonce, token, answers)).status).toBe(200)
}

beforeAll(async () => {
  server = await makeServer()
  ;({ browser, device } = await openOrganizer(server))
})

describe('an anonymous form', () => {
  beforeAll(async () => {
    space = newId()
    form = newId()
    pushed = 0
    last = undefined
    const words = { id: 'Evaluasi', en: '' }
    await push([
      setForm(form, { title: words, anonymous: true, open: true }),
      ...publishVersion({ id: version, form, number: 1, questions: [] }),
    ])
  })

  test('gives one ticket to who was seen at the event, and none to others', async () => {
    expect((await obtainTicket(newId())).status).toBe(403)
    const person = newId()
    await push([attend(person)])
    const first = await obtainTicket(person)
    expect(first.status).toBe(200)
    expect((await first.ask?.())?.status).toBe(200)
    expect((await obtainTicket(person)).status).toBe(409)
    const stranger = server.openBrowser()
    expect((await stranger.post(`/api/v1/spaces/${space}/forms/${form}/ticket`, {})).status).toBe(401)
  })

  test('gives one ticket to somebody who is in the list under two ids', async () => {
    const [own, invited] = [newId(), newId()]
    await push([attend(own), attend(invited)])
    expect((await obtainTicket(own)).status).toBe(200)
    await push([samePerson(own, invited)])
    expect((await obtainTicket(invited)).status).toBe(409)
  })

  test('takes no ballot whose token is forged, or of another form', async () => {
    const person = newId()
    await push([attend(person)])
    const { nonce = '', token = '' } = await obtainTicket(person)
    expect((await cast(nonce, text(crypto.getRandomValues(new Uint8Array(32))))).status).toBe(403)
    expect((await cast(text(crypto.getRandomValues(new Uint8Array(32))), token)).status).toBe(403)
    const elsewhere = { space, form: newId(), version, nonce, token, answers: {} }
    expect((await server.openBrowser().post('/api/v1/ballots', elsewhere)).status).toBe(404)
  })

  test('puts ballots into the log five at a time, in no order of arrival and by nobody', async () => {
    const people = Array.from({ length: 5 }, newId)
    for (const [i, person] of people.slice(0, 4).entries()) await vote(person, { q: `jawaban ${i}` })
    expect((await readLog()).responses).toEqual([])
    await vote(people[4] ?? '', { q: 'jawaban 4' })
    const { ops, responses } = await readLog()
    expect(responses.map(({ answers }) => answers.q).sort()).toEqual([0, 1, 2, 3, 4].map((i) => `jawaban ${i}`))
    const box = ops.filter(({ body }) => body.includes('jawaban'))
    expect(new Set(box.map(({ at, wall }) => `${at} ${wall}`)).size).toBe(1)
    expect(box.map(({ dev }) => dev)).not.toContain(device.dev)
    for (const person of people) for (const { body } of box) expect(body).not.toContain(person)
  })

  test('takes the same ballot again and counts it once, before and after it is in the log', async () => {
    const person = newId()
    await push([attend(person)])
    const { nonce = '', token = '' } = await obtainTicket(person)
    for (const _ of [1, 2]) expect((await cast(nonce, token, { q: 'sekali' })).status).toBe(200)
    await emptyBallotBox(server.deps.store, { space, form }, server.clock.now + dayMs)
    expect((await cast(nonce, token, { q: 'dua kali' })).status).toBe(200)
    await emptyBallotBox(server.deps.store, { space, form }, server.clock.now + dayMs)
    const said = (await readLog()).responses.map(({ answers }) => answers.q)
    expect([said.filter((q) => q === 'sekali').length, said.includes('dua kali')]).toEqual([1, false])
  })

  test('counts no response that came another way, and marks what came late', async () => {
    const before = (await readLog()).responses.length
    await push([respond({ form, version, person: newId(), answers: { q: 'bukan lewat kotak' } })])
    expect((await readLog()).responses).toHaveLength(before)
    await push([setForm(form, { closesAt: server.clock.now - 1 })])
    await vote(newId(), { q: 'terlambat' })
    await emptyBallotBox(server.deps.store, { space, form }, server.clock.now + dayMs)
    const late = (await readLog()).responses.find(({ answers }) => answers.q === 'terlambat')
    expect(late).toMatchObject({ late: true, person: '' })
  })
})

describe('how many have answered an anonymous form', () => {
  const attendAs = (person: string, roles: Role[], sessions: string[]): Change[] => [
    setPerson(person, { name: 'Contoh Rahasia', roles }),
    ...sessions.map((s): Change => ({ type: 'add', kind: 'attendance', fields: { p: person, s, m: 'facilitator' } })),
  ]
  const askRates = (from = browser) => from.get(`/api/v1/spaces/${space}/forms/${form}/rates`)

  test('is told to the team by session and role, in groups of five or more, and of nobody by name', async () => {
    ;[space, form] = [newId(), newId()]
    ;[pushed, last] = [0, undefined]
    const people = Array.from({ length: 13 }, () => newId())
    await push([
      setForm(form, { title: { id: 'Evaluasi', en: '' }, anonymous: true, open: true }),
      ...publishVersion({ id: version, form, number: 1, questions: [] }),
    ])
    /** Six of the committee, five participants on both days, and two guests on the second. */
    const roleOf = (i: number): Role[] => [i < 6 ? 'panitia' : i < 11 ? 'peserta' : 'tamu']
    await push(
      people.flatMap((person, i) => attendAs(person, roleOf(i), i < 6 ? ['s1'] : i < 11 ? ['s1', 's2'] : ['s2'])),
    )
    await push([setPerson('twin', { name: 'Contoh Rahasia' }), samePerson('twin', people[0] ?? '')])
    for (const person of people.slice(3, 8)) expect((await obtainTicket(person)).status).toBe(200)
    expect((await obtainTicket(people[0] ?? '')).status).toBe(200)
    const answer = await askRates()
    const text = await answer.text()
    expect(JSON.parse(text)).toEqual({
      /** Two guests are too few, and the five participants go with them: the rest would tell their number. */
      roles: [{ group: 'panitia', answered: 4, present: 6 }],
      sessions: [
        { group: 's1', answered: 6, present: 11 },
        { group: 's2', answered: 2, present: 7 },
      ],
    })
    for (const person of people) expect(text).not.toContain(person)
    await push([setForm(form, { session: 's2' })])
    expect((await (await askRates()).json()).sessions).toEqual([{ group: 's2', answered: 2, present: 7 }])
  })

  test('is not told to strangers, nor of a form whose answers have names', async () => {
    expect((await askRates(server.openBrowser())).status).toBe(401)
    await push([setForm(form, { anonymous: false })])
    expect((await askRates()).status).toBe(404)
  })
})
