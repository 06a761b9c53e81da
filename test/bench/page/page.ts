import { effect } from '@preact/signals'
import { createDatabase } from '../../../src/client/db/schema.ts'
import { recordAttendance } from '../../../src/client/state/attendance.ts'
import { createAuthor } from '../../../src/client/state/author.ts'
import { updateSignIn } from '../../../src/client/state/gate.ts'
import { hintsOf } from '../../../src/client/state/hints.ts'
import type { OpenSpace } from '../../../src/client/state/openSpace.ts'
import { searchPeople } from '../../../src/client/state/people.ts'
import { createSpaces } from '../../../src/client/state/spaces.ts'
import type { SheetFormat } from '../../../src/client/worker/messages.ts'
import { createDocumentsWorker } from '../../../src/client/worker/start.ts'
import { checkIn as checkInChange } from '../../../src/core/attendance.ts'
import { guessLayout } from '../../../src/core/import/layout.ts'
import { packInk } from '../../../src/core/ink.ts'
import { personId, setPerson } from '../../../src/core/person.ts'
import { drawSignature } from '../../support/signature.ts'
import { inventEvent, inventInk, inventPerson, inventSessions, inventSheet, writeWorkbook } from '../invented.ts'
import { type AnswersBench, answersBench } from './answers.ts'
import { openRawStore } from './rawStore.ts'
import { decode } from './scan.ts'
import { type SyncBench, syncBench } from './sync.ts'

/** The measurements that run inside a page, on the product's own modules; all times in ms. */
export type Bench = SyncBench &
  AnswersBench & {
    openEvent: (people: number) => Promise<void>
    /** Every person of the event checked in one by one, up to `count`. */
    checkIn: (count: number) => Promise<{ ours: number[]; raw: number[] }>
    search: () => { ms: number[]; found: number }
    /** A new event of invented people, each of whom signs on a phone. */
    signEvent: (people: number) => Promise<void>
    /** A first look at the hints, and what one more attendance costs. */
    hints: () => Promise<{ first: Timed; next: Timed }>
    /** A workbook of `rows` persons: read, understood, planned and on the disk. */
    importRows: (rows: number) => Promise<Timed & { persons: number }>
    makeSheet: (format: SheetFormat, rows: number) => Promise<Timed & { bytes: number }>
    decode: typeof decode
  }

/** `longestTaskMs`: how long the page did not answer at worst; the browser reports tasks of more than 50 ms. */
export type Timed = { ms: number; longestTaskMs: number }

const random = (count: number) => crypto.getRandomValues(new Uint8Array(count))
const db = createDatabase('bench')
const author = createAuthor({
  dev: () => 'A'.repeat(22),
  wall: Date.now,
  offsetMs: () => 0,
  random,
  onCommit: () => {},
})
const spaces = createSpaces(db, author, random)

const documents = createDocumentsWorker()
const ink = packInk(drawSignature())

let opened: OpenSpace | undefined

function event(): OpenSpace {
  if (!opened) throw new Error('no event is open')
  return opened
}

/** A new event with invented people, 200 to an op. */
async function openEvent(people: number): Promise<void> {
  const id = await spaces.createEvent(inventEvent, inventSessions)
  opened = await spaces.open(id)
  const salt = event().event.value?.salt ?? ''
  for (let i = 0; i < people; i += 200) {
    const changes = Array.from({ length: Math.min(200, people - i) }, (_, k) => {
      const person = inventPerson(i + k)
      return setPerson(personId(salt, person.nip, author.newId), person)
    })
    await event().commit(changes)
  }
}

const rest = () => new Promise((resolve) => setTimeout(resolve, 20))

/**
 * Check-ins one by one, each followed by a bare transaction that puts the same row: what the disk and the engine cost.
 */
async function checkIn(count: number): Promise<{ ours: number[]; raw: number[] }> {
  const raw = await openRawStore()
  const [session = ''] = event().sessions.value.map(({ id }) => id)
  const people = [...event().people.value.keys()].slice(0, count)
  const samples: { ours: number[]; raw: number[] } = { ours: [], raw: [] }
  for (const person of people) {
    const start = performance.now()
    await recordAttendance(event(), { person, session, method: 'facilitator', ink })
    samples.ours.push(performance.now() - start)
    await rest()
    const row = await db.outbox.toCollection().last()
    const rawStart = performance.now()
    await raw.put(row)
    samples.raw.push(performance.now() - rawStart)
    await rest()
  }
  return samples
}

/** Every state of the search field while a name, an institution, a NIP or a phone is typed. */
function search(): { ms: number[]; found: number } {
  const ms: number[] = []
  let found = 0
  for (let i = 0; i < 40; i++) {
    const { name, institution, nip, phone } = inventPerson(i * 241)
    const wanted = [name.slice(0, 12), institution.slice(0, 18), nip, phone.replace('+62', '0')][i % 4] ?? ''
    for (let typed = 1; typed <= wanted.length; typed++) {
      const start = performance.now()
      found += searchPeople(event(), wanted.slice(0, typed)).length
      ms.push(performance.now() - start)
    }
  }
  return { ms, found }
}

async function timed<T>(work: () => Promise<T>): Promise<T & Timed> {
  let longestTaskMs = 0
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestTaskMs = Math.max(longestTaskMs, duration)
  })
  observer.observe({ type: 'longtask' })
  const start = performance.now()
  const result = await work()
  const ms = performance.now() - start
  await rest()
  observer.disconnect()
  return { ...result, ms, longestTaskMs }
}

/** Resolves when the hints are others than `before`. */
function hintsAfter(before: unknown): Promise<unknown> {
  return new Promise((resolve) => {
    const stop = effect(() => {
      const { all } = hintsOf(event())
      if (all !== before) queueMicrotask(() => [resolve(all), stop()])
    })
  })
}

async function signEvent(count: number): Promise<void> {
  await openEvent(count)
  const [session = ''] = event().sessions.value.map(({ id }) => id)
  const people = [...event().people.value.keys()]
  for (let i = 0; i < people.length; i += 200) {
    const changes = people.slice(i, i + 200).map((person, k) => {
      const wallCode = { code: '1234', at: Date.now() - (i + k) * 400 }
      return checkInChange({ person, session, method: 'own', ink: packInk(inventInk(i + k)), wallCode })
    })
    await event().commit(changes)
  }
  await updateSignIn(event(), { wallCode: true })
}

async function hints(): Promise<{ first: Timed; next: Timed }> {
  const before = hintsOf(event()).all
  const first = await timed(async () => ({ all: await hintsAfter(before) }))
  const [session = ''] = event().sessions.value.map(({ id }) => id)
  const next = await timed(async () => {
    const changed = hintsAfter(first.all)
    await event().commit([checkInChange({ person: event().newId(), session, method: 'own', ink })])
    await changed
    return {}
  })
  return { first: { ms: first.ms, longestTaskMs: first.longestTaskMs }, next }
}

async function importRows(count: number): Promise<Timed & { persons: number }> {
  const workbook = await writeWorkbook(count)
  await openEvent(0)
  return timed(async () => {
    const read = await documents.readTables(workbook)
    const table = read.ok ? read.value.tables[0] : undefined
    if (!table) throw new Error('the workbook cannot be read')
    const layout = guessLayout(table)
    const salt = event().event.value?.salt ?? ''
    const plan = await documents.planImport({ table, layout, people: [], salt, today: '2026-11-21' })
    if (!plan.ok) throw new Error(plan.failure.kind)
    for (const changes of plan.value.ops) await event().commit(changes)
    return { persons: event().people.value.size }
  })
}

function makeSheet(format: SheetFormat, count: number): Promise<Timed & { bytes: number }> {
  const input = inventSheet(count)
  return timed(async () => {
    const made = await documents.makeSheets(format, input)
    if (!made.ok) throw new Error(made.failure.kind)
    return { bytes: made.value.size }
  })
}

window.bench = {
  ...syncBench,
  ...answersBench(author, random),
  openEvent,
  checkIn,
  search,
  signEvent,
  hints,
  importRows,
  makeSheet,
  decode,
}
