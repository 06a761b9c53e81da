import { describe, expect, it } from 'vitest'
import { type AttendanceBySession, type CheckIn, checkIn, readAttendance } from '../../src/core/attendance.ts'
import type { SessionRecord } from '../../src/core/event.ts'
import { applyOp, emptySpace } from '../../src/core/fold.ts'
import { createHintIndex, type HintIndex } from '../../src/core/hintIndex.ts'
import { type Hint, hintRules } from '../../src/core/hints.ts'
import { type Ink, packInk } from '../../src/core/ink.ts'
import { type Change, encodeBody } from '../../src/core/op.ts'
import { readReviews, reviewHints, undoReview } from '../../src/core/review.ts'
import { codeOfStep, stepOf } from '../../src/core/rotatingCode.ts'

const salt = 'c2FsdHNhbHRzYWx0c2FsdA'
const minuteMs = 60_000
const session: SessionRecord = { id: 's', title: '', day: '2026-11-24', start: '09:00', end: '12:00', deleted: false }
const sessions = [
  session,
  { ...session, id: 'beside', start: '11:00', end: '13:00' },
  { ...session, id: 'after', start: '12:00', end: '15:00' },
  { ...session, id: 'open', start: '08:00', end: '' },
]
/** 09.05 WIB of that day. */
const morning = Date.UTC(2026, 10, 24, 2, 5)

type Given = Partial<CheckIn> & { dev?: string; at?: number; wall?: number }

/** A space of check-ins; each has its own device and came in the morning unless something else is said. */
function record(given: Given[], more: Change[] = []) {
  const space = emptySpace()
  given.forEach(({ dev, at = morning, wall = at, ...input }, n) => {
    const change = checkIn({ person: `p${n}`, session: 's', method: 'own', ...input })
    applyOp(space, {
      dev: dev ?? `dev${n}`,
      n: 1,
      at,
      wall,
      body: encodeBody(`salt-${String(n).padStart(4, '0')}`, [change]),
    })
  })
  if (more.length > 0)
    applyOp(space, { dev: 'team', n: 1, at: morning, wall: morning, body: encodeBody('salt-more', more) })
  return space
}

function hintsOf(given: Given[], wallCode = false): string[] {
  const attendance = readAttendance(record(given))
  return listHints(attendance, createHintIndex(hintRules({ zone: 'WIB', salt }, sessions, wallCode)))
}

/** The hints after all steps of an update. */
function listHints(attendance: AttendanceBySession, index: HintIndex): string[] {
  for (const _ of index.update(attendance));
  return [...index.hints().values()]
    .flat()
    .map(({ kind, person, others }) => [person, kind, ...others].join(' '))
    .sort()
}

/** A signature with a few loops, the same for the same number. */
function draw(seed: number, shift = 0): Ink {
  const points = Array.from({ length: 60 }, (_, i) => ({
    x: 60 + i * 6 + shift + 20 * Math.sin(i * (0.3 + seed * 0.11)),
    y: 120 + shift + 70 * Math.sin(i * (0.37 + seed * 0.07) + seed) + 20 * Math.cos(i * seed),
  }))
  return { width: 512, height: 256, strokes: [points.slice(0, 35), points.slice(36)] }
}

describe('hints for review', () => {
  it('say nothing about people who signed on their own phones in time', () => {
    expect(hintsOf([{ ink: packInk(draw(1)) }, { ink: packInk(draw(2)) }, { ink: packInk(draw(3)) }])).toEqual([])
  })

  it('name everybody who signed on one phone, and not those of a kiosk or a facilitator', () => {
    expect(hintsOf([{ dev: 'a' }, { dev: 'a' }, { dev: 'b' }])).toEqual(['p0 sharedDevice p1', 'p1 sharedDevice p0'])
    for (const method of ['kiosk', 'facilitator', 'scan'] as const)
      expect(
        hintsOf([
          { dev: 'a', method },
          { dev: 'a', method },
        ]),
      ).toEqual([])
    expect(
      hintsOf([
        { dev: 'a', person: 'p' },
        { dev: 'a', person: 'p', session: 'other' },
      ]),
    ).toEqual([])
  })

  it('find the same ink and near copies of it, wherever on the pad, and not a dash', () => {
    const [copy, shaken] = [packInk(draw(1)), draw(1)]
    for (const stroke of shaken.strokes) for (const [i, point] of stroke.entries()) point.y += (i % 3) - 1
    expect(hintsOf([{ ink: copy }, { ink: copy }])).toEqual(['p0 sameInk p1', 'p1 sameInk p0'])
    expect(hintsOf([{ ink: copy }, { ink: packInk(draw(1, 30)) }])).toHaveLength(2)
    expect(hintsOf([{ ink: copy }, { ink: packInk(shaken) }])).toHaveLength(2)
    expect(
      hintsOf([
        { person: 'p', ink: copy },
        { person: 'p', session: 'other', ink: copy },
      ]),
    ).toEqual([])
    const dash = (y: number) =>
      packInk({
        width: 512,
        height: 256,
        strokes: [
          [
            { x: 20, y: 90 },
            { x: 400, y },
          ],
        ],
      })
    expect(hintsOf([{ ink: dash(95) }, { ink: dash(101) }])).toEqual([])
  })

  it('tell invented signatures apart, hundreds of them', () => {
    const inks = Array.from({ length: 500 }, (_, i) => ({ ink: packInk(draw(1 + i / 37)) }))
    const copied = [...inks, { ink: packInk(draw(1 + 300 / 37, 40)) }]
    expect(hintsOf(copied)).toContain('p500 sameInk p300')
  })

  it('see who signed outside of the hours', () => {
    const at = (hour: number) => ({ at: Date.UTC(2026, 10, 24, hour) })
    expect(hintsOf([at(-1), at(0), at(6), at(7), { at: Date.UTC(2026, 10, 25, 3) }])).toEqual([
      'p0 offHours',
      'p3 offHours',
      'p4 offHours',
    ])
  })

  it('see a wrong, late or missing code, when codes are asked for', () => {
    const code = codeOfStep(salt, stepOf(morning)) ?? ''
    const given = [
      { wallCode: { code, at: morning } },
      { wallCode: { code: code === '1234' ? '4321' : '1234', at: morning } },
      { wallCode: { code, at: morning }, at: morning + 2 * 60 * minuteMs },
      {},
      { method: 'facilitator' as const },
    ]
    expect(hintsOf(given, true)).toEqual(['p1 wrongCode', 'p2 lateCode', 'p3 noCode'])
    expect(hintsOf(given)).toEqual([])
  })

  it('ask a kiosk for no code of the wall, since it is at the door itself; who signs there for others is seen by the ink', () => {
    const ink = packInk(draw(1))
    const atKiosk = { dev: 'kiosk', method: 'kiosk' as const }
    expect(hintsOf([{ ...atKiosk, ink: packInk(draw(2)) }], true)).toEqual([])
    expect(
      hintsOf(
        [
          { ...atKiosk, ink },
          { ...atKiosk, ink },
        ],
        true,
      ),
    ).toEqual(['p0 sameInk p1', 'p1 sameInk p0'])
  })

  it('see a clock that is more than five minutes off, and a pass that was used twice', () => {
    expect(hintsOf([{ wall: morning + 4 * minuteMs }, { wall: morning - 6 * minuteMs }])).toEqual(['p1 clockOff'])
    const scan = { person: 'p', method: 'scan' as const }
    expect(hintsOf([scan, { ...scan, at: morning + 10 * minuteMs }])).toEqual(['p passTwice'])
    expect(hintsOf([scan, { ...scan, at: morning + 1000 }])).toEqual([])
  })

  it('see one person at two sessions that are held at once, unless the team has seen the person', () => {
    const at = Date.UTC(2026, 10, 24, 4, 30)
    const both = (session: string, method: CheckIn['method'] = 'own') =>
      ['s', session].map((id) => ({ dev: 'a', person: 'p', session: id, method, at }))
    expect(hintsOf(both('beside'))).toEqual(['p twoSessions', 'p twoSessions'])
    expect(hintsOf(both('after'))).toEqual([])
    expect(hintsOf(both('open'))).toEqual([])
    expect(hintsOf(both('beside', 'facilitator'))).toEqual([])
  })

  it('follow attendance as it comes and goes, also when an update is left off for the next', () => {
    const ink = packInk(draw(1))
    const [two, three] = [
      readAttendance(record([{ dev: 'a', ink }, { dev: 'a' }])),
      readAttendance(record([{ dev: 'a', ink }, { dev: 'a' }, { dev: 'a', ink }])),
    ]
    const anew = (attendance: AttendanceBySession) =>
      listHints(attendance, createHintIndex(hintRules({ zone: 'WIB', salt }, sessions, false)))
    const index = createHintIndex(hintRules({ zone: 'WIB', salt }, sessions, false))
    for (const attendance of [two, three, two, new Map(), three]) {
      index.update(three).next()
      expect(listHints(attendance, index)).toEqual(anew(attendance))
    }
    expect(anew(three)).toContain('p0 sharedDevice p1 p2')
    expect(anew(new Map())).toEqual([])
  })

  it('leave alone whoever the team has seen too', () => {
    const [dev, person] = ['a', 'p']
    expect(
      hintsOf(
        [
          { dev, person, wall: 0 },
          { dev: 'team', person, method: 'facilitator' },
        ],
        true,
      ),
    ).toEqual([])
  })
})

describe('a review', () => {
  const hint = {
    kind: 'offHours',
    id: 'offHours f',
    person: 'p',
    session: 's',
    others: [],
    count: 0,
    at: 0,
    offMs: 0,
  } satisfies Hint

  it('is a fact with an author, and is taken back by withdrawing it', () => {
    const space = record([], [reviewHints('p', [hint])])
    const review = readReviews(space).get('p')
    expect(review).toMatchObject({ dev: 'team', at: morning, hints: new Set(['offHours f']) })
    if (!review) return
    applyOp(space, { dev: 'x', n: 1, at: 2, wall: 2, body: encodeBody('salt-undo', [undoReview(review)]) })
    expect(readReviews(space).size).toBe(0)
  })
})
