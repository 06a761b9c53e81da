import type { Change } from '../op.ts'
import { type Person, type PersonFields, personId, setPerson } from '../person.ts'
import type { Day } from '../time.ts'
import type { Layout } from './layout.ts'
import { changedFields, createRegister } from './match.ts'
import { type RowReading, readRow } from './readRow.ts'
import { type ImportReason, isToLookAt } from './reason.ts'
import { footerStart, readCells, rowText, type SkippedRow, type SkipReason, skipReason } from './rows.ts'
import { filledCells, type Table, textOfCell } from './table.ts'

export type ImportOutcome = 'added' | 'updated' | 'duplicate' | 'needsLook'

/**
 * What becomes of one row. `person` is empty when the row makes no person; `fields` are what is written, empty when
 * nothing changes. A row that needs a look is added without what was wrong in it, unless it has no name at all.
 */
export type PlannedRow = {
  row: number
  outcome: ImportOutcome
  reasons: ImportReason[]
  name: string
  institution: string
  /** What the cell of the NIP held, as text; empty for a NIK, which is not kept anywhere. */
  nipCell: string
  person: string
  fields: Partial<PersonFields>
}

export type ImportPlan = {
  rows: PlannedRow[]
  skipped: SkippedRow[]
  counts: Record<ImportOutcome, number>
  /** One op each: at most 200 persons and well under the size limit of an op. */
  ops: Change[][]
}

export type ImportInput = {
  table: Table
  layout: Layout
  /** Everyone in the event now (core/person.ts readPeople). */
  people: readonly Person[]
  /** The event's salt, for ids derived from NIP. */
  salt: string
  today: Day
  newId: () => string
}

const rowsPerStep = 200
const personsPerOp = 200
const charactersPerOp = 100_000

/**
 * Works out what an import would do, writing nothing. A generator, so that whoever runs it can show progress and stop:
 * it yields the number of rows done every 200 rows. The same file again yields no changes.
 */
export function* planImport(input: ImportInput): Generator<number, ImportPlan> {
  const { table, layout, today } = input
  const rows: PlannedRow[] = []
  const skipped: SkippedRow[] = []
  const planRow = createPlanner(input)
  const footer = footerStart(table, layout)
  let lastRow = table.rows.length - 1
  while (filledCells(table.rows[lastRow] ?? []) === 0 && lastRow >= 0) lastRow--
  for (let at = 0; at <= lastRow; at++) {
    if (at % rowsPerStep === 0) yield at
    const cells = table.rows[at] ?? []
    const reason =
      at > layout.lastHeaderRow ? skipReason(table, at, layout, footer) : headerReason(at, layout, rowText(cells))
    if (reason) skipped.push({ row: at + 1, reason, text: rowText(cells) })
    else {
      const own = readCells(cells, layout)
      rows.push(planRow(at + 1, readRow(own, today), textOfCell(own.nip)))
    }
  }
  const counts = { added: 0, updated: 0, duplicate: 0, needsLook: 0 }
  for (const { outcome } of rows) counts[outcome]++
  return { rows, skipped, counts, ops: groupOps(rows) }
}

function headerReason(at: number, layout: Layout, text: string): SkipReason {
  if (text === '') return 'blank'
  return at < layout.firstHeaderRow ? 'aboveHeader' : 'header'
}

function createPlanner({ people, salt, newId }: ImportInput) {
  const register = createRegister(people)

  return (row: number, reading: RowReading, nipText: string): PlannedRow => {
    const { fields, reasons, nipStart } = reading
    const { name = '', institution = '', nip = '' } = fields
    const nipCell = reasons.some(({ kind }) => kind === 'nikNotKept') ? '' : nipText
    const planned = { row, reasons, name, institution, nipCell, person: '', fields: {} }
    if (!name) return { ...planned, outcome: 'needsLook' }
    const known = register.find(reading)
    if (!known) {
      const person = personId(salt, nip, newId)
      const revived = nip ? { deleted: false } : {}
      const written: Partial<PersonFields> = {
        ...fields,
        roles: fields.roles ?? ['peserta'],
        invited: true,
        ...revived,
      }
      const namesake = register.namesake(reading)
      if (namesake) reasons.push({ kind: 'sameName', name: namesake.name })
      const owner = register.ownerOfPhone(fields.phone)
      if (owner) reasons.push({ kind: 'samePhone', name: owner })
      register.add(person, written, nipStart, row)
      return { ...planned, person, fields: written, outcome: reasons.some(isToLookAt) ? 'needsLook' : 'added' }
    }
    const again = known.row !== undefined
    reasons.push(
      again ? { kind: 'sameAsRow', row: known.row ?? row } : { kind: 'alreadyThere', name: known.person.name },
    )
    const otherName = !register.isSameName(known.person, name)
    if (otherName) reasons.push({ kind: 'nameDiffers', name: known.person.name })
    const written = otherName ? {} : changedFields(known.person, fields, again)
    register.update(known, written, row)
    const changes = Object.keys(written).length > 0
    const outcome = changes ? 'updated' : otherName && !again ? 'needsLook' : 'duplicate'
    return { ...planned, person: known.person.id, fields: written, outcome }
  }
}

function groupOps(rows: readonly PlannedRow[]): Change[][] {
  const ops: Change[][] = []
  let size = 0
  for (const { person, fields } of rows) {
    if (Object.keys(fields).length === 0) continue
    const length = JSON.stringify(fields).length
    const last = ops.at(-1)
    const change = setPerson(person, fields)
    size += length
    if (last && last.length < personsPerOp && size <= charactersPerOp) last.push(change)
    else {
      ops.push([change])
      size = length
    }
  }
  return ops
}
