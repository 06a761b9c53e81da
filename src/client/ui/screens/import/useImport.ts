import { useEffect, useRef, useState } from 'preact/hooks'
import { guessLayout, type Layout } from '../../../../core/import/layout.ts'
import type { ImportPlan } from '../../../../core/import/plan.ts'
import type { Table } from '../../../../core/import/table.ts'
import type { Person } from '../../../../core/person.ts'
import { dayAt } from '../../../../core/time.ts'
import type { ReadFailure } from '../../../../documents/read/failure.ts'
import { applyImport } from '../../../state/imports.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useApp } from '../../app.ts'
import { orUnavailable } from '../../orUnavailable.ts'
import { markSaved, markUnsaved } from '../../unsaved.ts'
import { type SaveFailure, useSaving } from '../../useSaving.ts'

/** A list as it was read, the sheet of it that is imported, and what its columns mean. */
export type List = { tables: Table[]; table: Table; layout: Layout }

export type Step =
  | { name: 'source'; failure?: ReadFailure['kind'] | 'unavailable' }
  | { name: 'columns'; list: List; failure?: 'unavailable' }
  /** `renewed`: the people of the event changed after it was shown, so it was made anew. */
  | { name: 'preview'; list: List; plan: ImportPlan; people: People; renewed: boolean }
  | { name: 'result'; list: List; plan: ImportPlan; written: number; total: number }

export type Work = { kind: 'reading' | 'planning' | 'writing'; done: number; total: number }

export type ImportSteps = {
  step: Step
  work: Work | undefined
  saveFailure: SaveFailure | undefined
  cancel: () => void
  read: (source: Blob | string) => Promise<void>
  chooseTable: (table: Table) => void
  chooseLayout: (layout: Layout) => void
  preview: () => Promise<void>
  backToColumns: () => void
  write: () => Promise<void>
  startOver: () => void
}

type People = Map<string, Person>

/** Whether both hold the same: what comes from the server makes the list anew, also when nobody in it is changed. */
const isSame = (a: People, b: People) => a === b || JSON.stringify([...a]) === JSON.stringify([...b])

/** The steps of an import, from a file to the people in the event. Nothing is written before `write`. */
export function useImport(space: OpenSpace): ImportSteps {
  const { documents } = useApp()
  const [step, setStep] = useState<Step>({ name: 'source' })
  const [work, setWork] = useState<Work | undefined>(undefined)
  const { failure: saveFailure, save } = useSaving()
  const running = useRef({ kind: 'reading' as Work['kind'], controller: new AbortController() })
  /** Who leaves the screen while people are written has asked for all of them: that goes on. */
  useEffect(
    () => () => {
      if (running.current.kind !== 'writing') running.current.controller.abort()
    },
    [],
  )

  /** Starts a piece of work that can be followed and cancelled; the one before it, if any, is over. */
  function begin(kind: Work['kind']) {
    running.current.controller.abort()
    running.current = { kind, controller: new AbortController() }
    const { signal } = running.current.controller
    const onProgress = (done: number, total: number) => !signal.aborted && setWork({ kind, done, total })
    onProgress(0, 0)
    return { signal, onProgress }
  }

  async function read(source: Blob | string): Promise<void> {
    const read = await documents.readTables(source, begin('reading')).catch(orUnavailable)
    setWork(undefined)
    const table = read.ok ? read.value.tables[0] : undefined
    if (read.ok && table)
      setStep({ name: 'columns', list: { tables: read.value.tables, table, layout: guessLayout(table) } })
    else if (!read.ok && read.failure.kind !== 'cancelled') setStep({ name: 'source', failure: read.failure.kind })
  }

  function chooseLayout(layout: Layout): void {
    if (step.name === 'columns') setStep({ name: 'columns', list: { ...step.list, layout } })
  }

  function chooseTable(table: Table): void {
    if (step.name === 'columns') setStep({ name: 'columns', list: { ...step.list, table, layout: guessLayout(table) } })
  }

  async function plan(list: List, renewed: boolean): Promise<void> {
    const event = space.event.peek()
    const people = space.people.peek()
    const planned = await documents
      .planImport(
        {
          table: list.table,
          layout: list.layout,
          people: [...people.values()],
          salt: event?.salt ?? '',
          today: dayAt(space.now(), event?.zone ?? 'WIB'),
        },
        begin('planning'),
      )
      .catch(orUnavailable)
    setWork(undefined)
    if (planned.ok) setStep({ name: 'preview', list, plan: planned.value, people, renewed })
    else if (planned.failure.kind === 'unavailable') setStep({ name: 'columns', list, failure: 'unavailable' })
  }

  async function write(): Promise<void> {
    if (step.name !== 'preview') return
    const { list, plan: planned, people } = step
    if (!isSame(space.people.peek(), people)) return plan(list, true)
    const job = begin('writing')
    const total = planned.ops.reduce((sum, changes) => sum + changes.length, 0)
    let written = 0
    const onProgress = (done: number) => {
      written = done
      setWork({ kind: 'writing', done, total })
    }
    markUnsaved(`import:${space.id}`)
    await save(async () => {
      await applyImport(space, planned.ops, { signal: job.signal, onProgress })
    })
    markSaved(`import:${space.id}`)
    setWork(undefined)
    setStep({ name: 'result', list, plan: planned, written, total })
  }

  return {
    step,
    work,
    saveFailure,
    cancel: () => {
      running.current.controller.abort()
      setWork((held) => (held?.kind === 'writing' ? held : undefined))
    },
    read,
    chooseTable,
    chooseLayout,
    preview: async () => {
      if (step.name !== 'source') await plan(step.list, false)
    },
    backToColumns: () => {
      if (step.name !== 'source') setStep({ name: 'columns', list: step.list })
    },
    write,
    startOver: () => setStep({ name: 'source' }),
  }
}
