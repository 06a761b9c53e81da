import { actions } from './actions.ts'
import { attendeeActions, comeIn, isAttendee } from './attendees.ts'
import { calm, comeBack } from './calm.ts'
import { createChance } from './chance.ts'
import { check } from './checks.ts'
import { closingActions } from './closing.ts'
import { type Tab, TabDied } from './device.ts'
import { ServerDied } from './host.ts'
import { mishaps } from './mishaps.ts'
import { rights } from './rights.ts'
import { describeStep, type Step } from './script.ts'
import { beginWorld } from './template.ts'
import { createTrace, type Trace } from './trace.ts'
import { updates } from './updates.ts'
import { type Client, former } from './versions.ts'
import { voteActions } from './votes.ts'
import type { Break, World } from './world.ts'

const steps = { ...actions, ...closingActions, ...attendeeActions, ...mishaps, ...rights, ...updates, ...voteActions }

/**
 * Steps that write a record: it is saved though the connection was lost. What merely asks or shows is done once more.
 */
const { carry: _shows, findMyself: _asks, ...own } = attendeeActions
const records = { ...actions, ...closingActions, ...own }

/** What IndexedDB and Dexie call a connection that was closed under them, and what was under way in it. */
const isLostConnection = (error: unknown) =>
  /Connection to Indexed Database server lost|DatabaseClosedError|InvalidStateError|AbortError/.test(String(error))
/** Each version has a class of its own. */
const isSpaceGone = (error: unknown) => error instanceof Error && error.name === 'SpaceGoneError'
const isFullDisk = (error: unknown) => String(error).includes('QuotaExceededError')
/**
 * Nothing was saved, and the person is told so. `mayWrite`: whether the device still has a right to the event. A record
 * is saved all the same when the connection is lost, but by a former app (versions.ts).
 */
const isExpected = (error: unknown, step: Step, mayWrite: boolean, app: Client | undefined): boolean =>
  error instanceof TabDied ||
  (step.full > 0 && isFullDisk(error)) ||
  (step.closeIn > 0 && (app === former.client || !Object.hasOwn(records, step.do)) && isLostConnection(error)) ||
  (!mayWrite && isSpaceGone(error))

/** What a round threw that nobody waited for: in a browser it goes to the one handler of the page. */
let strays: unknown[] = []
let isAnyLost = () => false
for (const way of ['unhandledRejection', 'uncaughtException'])
  process.on(way, (error: unknown) => {
    const isExplained =
      isFullDisk(error) ||
      error instanceof TabDied ||
      error instanceof ServerDied ||
      (isAnyLost() && isLostConnection(error))
    if (!isExplained) strays.push(error)
  })

const describe = (error: unknown) =>
  `It threw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`

/** Runs a step; what was saved in it is noted as saved only when the app said so. */
async function perform(world: World, step: Step): Promise<void> {
  await world.pass(step.wait)
  const device = world.devices[step.device]
  if (!device || device.isGone) return
  world.chance = createChance(step.seed)
  device.network.net.faults.push(...step.faults)
  let tab: Tab | undefined
  const works: (() => unknown)[] = []
  const behind = (work: () => unknown) => void works.push(work)
  try {
    const isEarly = step.early && !device.tabs[step.tab]
    tab = await device.tab(step.tab, isEarly && step.dieIn > 0 ? step.dieIn : undefined)
    await world.settle()
    await world.host.isUp()
    if (isAttendee(device) && !(await tab.open(world.event))) await tab.orDeath(comeIn(world, tab))
    const { db } = await tab.ready
    if (!isAttendee(device) && (await tab.orDeath(tab.app.listSpaces(db))).length === 0)
      await tab.orDeath(comeBack(world, device))
    const space = (await tab.open(world.event)) ?? (await tab.open(world.other))
    if (!space) return
    if (step.dieIn > 0 && !isEarly) tab.dieIn(step.dieIn)
    if (step.closeIn > 0) tab.closeIn(step.closeIn)
    device.fullFor = step.full
    const from = device.written.length
    const scene = { world, device, tab, space, chance: world.chance, behind }
    await tab.orDeath(Promise.resolve(steps[step.do](scene))).finally(async () => {
      for (const work of works) await work()
    })
    for (const op of device.written.slice(from))
      world.ledger.saved.set(op.salt, { device: device.name, space: op.space })
  } catch (error) {
    const mayWrite = world.ledger.grants.get(device.name)?.has(world.event) ?? false
    if (!isExpected(error, step, mayWrite, tab?.app)) throw error
  } finally {
    device.fullFor = 0
    await world.host.isUp()
    await world.settle()
    tab?.dieIn(Number.POSITIVE_INFINITY)
    tab?.closeIn(Number.POSITIVE_INFINITY)
  }
}

/** What a script came to: what went wrong, or nothing; and everything that happened on the way. */
export type Outcome = { failures: string[]; heard: Map<string, number>; trace: Trace }

export async function runScript(
  seed: number,
  script: Step[],
  { broken = {}, isTraceKept = false }: { broken?: Break; isTraceKept?: boolean } = {},
): Promise<Outcome> {
  strays = []
  const trace = createTrace(isTraceKept)
  const world = await beginWorld(seed, broken, trace)
  isAnyLost = () => [...world.ledger.heard.keys()].some((what) => what.startsWith('connection lost'))
  try {
    for (const step of script) {
      trace.note(`${new Date(world.time.now()).toISOString()} ${describeStep(step)}`)
      await perform(world, step)
    }
    const restless = await calm(world)
    const failures = [...world.ledger.violations, ...restless, ...(await check(world)), ...strays.map(describe)]
    return { failures: [...new Set(failures)], heard: world.ledger.heard, trace }
  } catch (error) {
    return { failures: [describe(error)], heard: world.ledger.heard, trace }
  } finally {
    await world.stop()
  }
}
