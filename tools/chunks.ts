import { fileURLToPath } from 'node:url'
import type { Rolldown } from 'vite'
import { groupOf, teamParts } from './extras.ts'

type Graph = Rolldown.ChunkingContext

/** `begins`: the modules that the rest of a part follows from; `after`: the parts that are loaded before it. */
type Part = { begins: RegExp[]; after: string[] }

const client = (files: string) => new RegExp(`/src/client/(?:${files})$`)
const screens = (names: string) => new RegExp(`/ui/screens/(?:${names})`)
const words = (names: string) => new RegExp(`/locales/id/(?:${names})\\.json$`)

/** What is loaded together of what is installed: whoever opens one screen of a part soon opens the others. */
const parts: Record<string, Part> = {
  /** What stands before the first paint. */
  paint: { begins: [client('main.tsx')], after: [] },
  /** An attendee's form on a first visit, without a database. */
  form: { begins: [client('firstVisit.tsx'), words('attendee|person')], after: ['paint'] },
  /** The database, state and sync, and the list of events. */
  app: {
    begins: [client('boot.ts|ui/Pages.tsx|ui/status/UpdateNotice.tsx'), screens('events/'), words('events|signOut')],
    after: ['paint'],
  },
  /** What attendees do beyond the form. */
  attendee: { begins: [screens('attendee/(?!ScanGate)'), words('questions')], after: ['paint', 'form', 'app'] },
  /** What records attendance and answers, and the page of an event. */
  door: {
    begins: [
      screens('eventHome/|checkIn/|scan/|attendee/ScanGate|feedback/FillForm'),
      words('eventHome|checkIn|attendance|scan|scanner|feedback'),
    ],
    after: ['paint', 'app'],
  },
  /** Where data is, and what keeps it. */
  care: {
    begins: [screens('status/|safe/|rescue/|readiness/'), words('status|safe|rescue|readiness')],
    after: ['paint', 'app'],
  },
  /** How a device comes to an event or an account. */
  entry: { begins: [screens('join/|account/'), words('join|account')], after: ['paint', 'app'] },
}

const main = fileURLToPath(new URL('../src/client/main.tsx', import.meta.url))

/** What some modules bring along, themselves included. */
function broughtBy(graph: Graph, modules: string[]): Set<string> {
  const found = new Set(modules)
  for (const id of found) for (const next of graph.getModuleInfo(id)?.importedIds ?? []) found.add(next)
  return found
}

/** All modules to which the app leads, now or later, other than by those that are left out. */
function reached(graph: Graph, isLeftOut: (id: string) => boolean): string[] {
  const found = new Set([main])
  for (const id of found) {
    const { importedIds = [], dynamicallyImportedIds = [] } = graph.getModuleInfo(id) ?? {}
    for (const next of [...importedIds, ...dynamicallyImportedIds]) if (!isLeftOut(next)) found.add(next)
  }
  return [...found]
}

/** The file of each module: named by the parts that need it, but for those that come after another of them. */
function placeModules(graph: Graph): Map<string, string> {
  const installed = reached(graph, (id) => groupOf(id) !== undefined)
  const needing = new Map<string, string[]>()
  for (const [name, { begins }] of Object.entries(parts)) {
    const beginning = installed.filter((id) => begins.some((pattern) => pattern.test(id)))
    for (const id of broughtBy(graph, beginning)) needing.set(id, [...(needing.get(id) ?? []), name])
  }
  const first = (names: string[]) => names.filter((name) => !parts[name]?.after.some((other) => names.includes(other)))
  const files = new Map([...needing].map(([id, names]) => [id, first(names).join('-')]))
  const withoutTeam = new Set(reached(graph, (id) => groupOf(id) === 'team'))
  for (const id of reached(graph, () => false)) if (!withoutTeam.has(id) && !groupOf(id)) files.set(id, teamParts)
  return files
}

/**
 * Names the file into which a module is built; `null` leaves it to the bundler, which makes a file of each few lines
 * that two screens share: 150 of less than a kB, each asked for by itself and compressed by itself.
 */
export function createChunkNames(): (id: string, graph: Graph) => string | null {
  let files: Map<string, string> | undefined
  return (id, graph) => {
    files ??= placeModules(graph)
    return files.get(id) ?? null
  }
}
