import { type Chance, createChance } from './chance.ts'
import { type Fault, faults } from './network.ts'

/** What may happen, and how often in comparison. */
const weights = {
  checkIn: 14,
  walkIn: 10,
  undo: 7,
  edit: 8,
  remove: 2,
  merge: 3,
  part: 2,
  editEvent: 2,
  newerKind: 2,
  notAllowed: 3,
  garbage: 3,
  otherVersion: 2,
  retryParked: 2,
  sync: 26,
  meet: 6,
  deliver: 3,
  air: 8,
  wait: 5,
  die: 3,
  clock: 4,
  diskCopy: 2,
  rollBack: 2,
  gone: 1,
  restart: 2,
  backup: 3,
  restore: 2,
  revoke: 2,
  grant: 2,
  peek: 3,
} as const
export type StepKind = keyof typeof weights

/**
 * One step of a script, plain data. What it does in detail comes from its own seed, so that a step stays what it is
 * when others are taken away.
 */
export type Step = {
  do: StepKind
  /** Place in the cast, and which of the device's two tabs. */
  device: number
  tab: number
  seed: number
  /** What happens to the device's next calls. */
  faults: Fault[]
  /** The tab dies at this read, write or call; 0: it lives. */
  dieIn: number
  /** How many of the first writes find the disk full. */
  full: number
  /** Time before it, ms. */
  wait: number
}

const kinds = Object.entries(weights).flatMap(([kind, weight]) => Array<StepKind>(weight).fill(kind as StepKind))

function drawFaults(chance: Chance): Fault[] {
  if (chance.once(2)) return []
  return Array.from({ length: 1 + chance.below(5) }, () => (chance.once(2) ? 'ok' : chance.pick(faults)))
}

function drawStep(chance: Chance): Step {
  const kind = chance.pick(kinds)
  const talks = kind === 'sync' || kind === 'meet' || kind === 'wait'
  return {
    do: kind,
    device: chance.below(5),
    tab: chance.once(5) ? 1 : 0,
    seed: chance.below(1_000_000),
    faults: talks ? drawFaults(chance) : [],
    dieIn: chance.once(talks ? 4 : 12) ? 1 + chance.below(talks ? 40 : 8) : 0,
    full: chance.once(25) ? 1 + chance.below(2) : 0,
    wait: chance.pick([0, 0, 0, 5, 900, 900, 7_000, 7_000, 7_000, 70_000]),
  }
}

/** The script of a seed: 20 to 32 steps. */
export function drawScript(seed: number): Step[] {
  const chance = createChance(seed)
  return Array.from({ length: 20 + chance.below(13) }, () => drawStep(chance))
}

/** A step as a line that a person can read and `simulate --script` can run. */
export function describeStep({ do: kind, device, tab, seed, faults: met, dieIn, full, wait }: Step): string {
  return JSON.stringify({ do: kind, device, tab, seed, faults: met, dieIn, full, wait })
}

const isKind = (value: unknown): value is StepKind => typeof value === 'string' && Object.hasOwn(weights, value)

/** A script as `describeStep` wrote it, one step a line. */
export function readScript(text: string): Step[] {
  return text
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => {
      const step: Step = JSON.parse(line)
      if (!isKind(step.do)) throw new TypeError(`No step: ${line}`)
      return step
    })
}
