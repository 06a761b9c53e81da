import { readFile } from 'node:fs/promises'
import { fold } from '../../../src/core/fold.ts'
import { guessLayout, type Layout } from '../../../src/core/import/layout.ts'
import { type ImportPlan, planImport } from '../../../src/core/import/plan.ts'
import type { Cell, Table } from '../../../src/core/import/table.ts'
import { encodeBody } from '../../../src/core/op.ts'
import { type Person, readPeople } from '../../../src/core/person.ts'
import { readTables } from '../../../src/documents/read/readTables.ts'

/** The only table of one of the real files in test/support/data. */
export async function readDataFile(name: string): Promise<Table> {
  const read = await readTables(new Uint8Array(await readFile(new URL(`../../support/data/${name}`, import.meta.url))))
  if (!read.ok) throw new Error(read.failure.kind)
  const [table] = read.value.tables
  if (!table) throw new Error('no table')
  return table
}

export function tableOf(rows: Cell[][], merges: Table['merges'] = []): Table {
  return { name: '', rows, merges }
}

let made = 0

export function plan(table: Table, people: readonly Person[] = [], layout: Layout = guessLayout(table)): ImportPlan {
  const newId = () => `test${String(made++).padStart(18, '0')}`
  const steps = planImport({ table, layout, people, salt: 'AAAAAAAAAAAAAAAAAAAAAA', today: '2026-11-21', newId })
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value
}

/** The event's people after the plan's ops, folded as every device folds them. */
export function peopleAfter(...plans: ImportPlan[]): Person[] {
  const ops = plans
    .flatMap((one) => one.ops)
    .map((changes, n) => ({ dev: 'device', n, at: n + 1, wall: n + 1, body: encodeBody(`salt${n}-12345678`, changes) }))
  return [...readPeople(fold(ops)).values()]
}
