import * as v from 'valibot'
import { checkIn, readAttendance, undoCheckIn } from '../../src/core/attendance.ts'
import { reopenList } from '../../src/core/closing.ts'
import { fold } from '../../src/core/fold.ts'
import { publishVersion, setForm } from '../../src/core/form/form.ts'
import { type Question, questionTypes } from '../../src/core/form/question.ts'
import { respond } from '../../src/core/form/response.ts'
import { setMaterial } from '../../src/core/material.ts'
import type { Change, Fields, Value } from '../../src/core/op.ts'
import { enrolMessage } from '../../src/protocol/enrol.ts'
import { PullPage } from '../../src/protocol/pull.ts'
import { newId } from '../../src/server/auth/keys.ts'
import type { Phone } from '../support/phone.ts'
import { makeBody, makeDevice, makePush } from '../support/server.ts'

export const markup =
  '"><img src=x onerror="pwned=1"><script>pwned=1</script><a href="javascript:pwned=1">$t(title) {{name}}'
const words = { id: `Kata ${markup}`, en: `Word ${markup}` }

/** Words of people: not ids, days, numbers or the short names of a choice. */
const isText = (value: string) => /[A-Z][a-z]|\s/.test(value) && !/^[\w-]{22}$/.test(value)

/** The same value with markup behind every text in it, at any depth. */
function poisoned(value: Value): Value {
  if (typeof value === 'string') return isText(value) ? `${value} ${markup}` : value
  if (Array.isArray(value)) return value.map(poisoned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, poisoned(inner)]))
}

const choices = ['a', 'b'].map((name) => ({ name, label: words }))
const questions = questionTypes.map(
  (type): Question => ({
    ...{ name: type, type, label: words, hint: words, required: false, choices, rows: choices, scale: 4 },
    ...{ low: words, high: words, min: undefined, max: undefined, shownIf: undefined, points: 1, right: ['a'] },
  }),
)
const answers = {
  ...{ single: 'a', multiple: ['a', 'b'], likert: 4, matrix: { a: 3, b: 4 }, ranking: ['b', 'a'], number: 3 },
  ...{ date: '2026-01-02', short: markup, long: `${markup}\n${markup}` },
}

/** A form of every kind of question, open, and what each of these people answered. */
function poisonedForm(form: string, people: string[]): Change[] {
  const version = newId()
  const record = { title: words, intro: words, purpose: 'postTest', speakerName: markup, open: true } as const
  return [
    ...publishVersion({ id: version, form, number: 1, questions }),
    setForm(form, record),
    ...people.map((person) => respond({ form, version, person, answers })),
  ]
}

const signatory = { label: markup, position: markup, name: markup, rank: markup, nip: markup }
const wholeEvent: Fields = { letterhead: [markup, markup], signatories: { left: signatory, right: signatory } }

/**
 * Takes part as one more organizer's device and writes markup into every text of the event: of its
 * records at any depth, a form, materials, facts with their reasons, and what the server itself keeps.
 * Answers the ids of what it made.
 */
export async function poison(office: Phone, url: string, space: string) {
  const ask = (path: string, message: object) =>
    office.page().evaluate(
      async ([address, body]) => {
        const headers = { 'Content-Type': 'application/json' }
        return (await fetch(address, { method: 'POST', headers, body })).json()
      },
      [`/api/v1/spaces/${space}/${path}`, JSON.stringify(message)] as const,
    )
  const device = makeDevice()
  const cookies: string[] = []
  const call = async (path: string, message?: object) => {
    const response = await fetch(`${url}/api/v1/${path}`, {
      method: message ? 'POST' : 'GET',
      headers: { 'Content-Type': 'application/json', Cookie: cookies.join('; ') },
      ...(message && { body: JSON.stringify(message) }),
    })
    cookies.push(...response.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? ''))
    return response.json()
  }
  const { code } = await ask('invites', { role: 'organizer' })
  const proof = device.seal(enrolMessage(device.point))
  await call('enrol', { publicKey: device.point, proof, name: markup, holder: markup, code })
  await ask(`devices/${device.dev}`, { change: 'rename', name: markup })
  await ask('rights', { subject: `device:${device.dev}`, role: 'organizer', reason: markup })

  const page = v.parse(PullPage, await call(`spaces/${space}/pull`))
  const ops = page.ops.map(([, dev, n, wall, at, body]) => ({ dev: page.devs[dev] ?? '', n, wall, at, body }))
  const folded = fold(ops)
  const records = [...folded.records].flatMap(([kind, entries]) =>
    [...entries].map(([id, { fields }]): Change => {
      const texts = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, poisoned(value)]))
      return { type: 'set', kind, id, fields: kind === 'event' ? { ...texts, ...wholeEvent } : texts }
    }),
  )
  const people = [...(folded.records.get('person')?.keys() ?? [])].slice(0, 6)
  const [session = ''] = [...(folded.records.get('session')?.keys() ?? [])]
  const [form, text, link] = [newId(), newId(), newId()]
  const material = { title: markup, text: markup, speaker: markup, audience: 'everyone', addedAt: 1 } as const
  const changes = [
    ...records,
    ...poisonedForm(form, people),
    setMaterial(text, { ...material, form: 'text' }),
    setMaterial(link, { ...material, form: 'link', url: 'javascript:pwned=1' }),
    reopenList(session, markup),
    ...people.map((person) =>
      checkIn({
        person,
        session,
        method: 'facilitator',
        unsignedReason: markup,
        represents: markup,
        lateReason: markup,
      }),
    ),
    ...[...(readAttendance(folded).get(session)?.values() ?? [])]
      .slice(0, 1)
      .map((attendance) => undoCheckIn(attendance, markup)),
  ]
  const now = Date.now()
  const { request } = makePush(device, space, [[1, now, now, makeBody(changes)]])
  const { results } = await call(`spaces/${space}/push`, request)
  return { results, form, material: text, person: people[0] ?? '' }
}
