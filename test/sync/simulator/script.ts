import { type Chance, createChance } from './chance.ts'
import { type Fault, faults } from './network.ts'
import { drawVersions, former } from './versions.ts'

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
  closeList: 4,
  answer: 4,
  countVotes: 2,
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
  clock: 7,
  diskCopy: 2,
  rollBack: 4,
  gone: 1,
  halfGone: 1,
  killServer: 4,
  clear: 1,
  restart: 2,
  backup: 3,
  restore: 2,
  revoke: 2,
  revokeDevice: 1,
  decide: 4,
  grant: 2,
  peek: 3,
} as const
/** The same for attendees' phones. */
const attendeeWeights = {
  signIn: 12,
  correct: 4,
  findMyself: 4,
  meddle: 3,
  answer: 6,
  carry: 8,
  sync: 12,
  air: 6,
  wait: 2,
  die: 3,
  clock: 2,
  diskCopy: 2,
  rollBack: 2,
  clear: 2,
  revokeDevice: 1,
  garbage: 1,
} as const
/** They come to worlds that begin with the former version, a few times each. */
const updateKinds = ['update', 'updateServer'] as const
export type StepKind = keyof typeof weights | keyof typeof attendeeWeights | (typeof updateKinds)[number]

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
  /** What happens to the device's next calls, in this step or after it. */
  faults: Fault[]
  /** The tab dies at this read, write or call; 0: it lives. */
  dieIn: number
  /**
   * Whether the count to its death begins before it opens, when it was closed: it may die while it boots and enrols.
   */
  early: boolean
  /** The tab's connection to IndexedDB is closed under it at this read or write; 0: it stays open. */
  closeIn: number
  /** How many of the first writes find the disk full. */
  full: number
  /** Time before it, ms. */
  wait: number
}

/** What only the organizer's device does. */
const ofOffice = new Set<string>(['closeList'])
/** Each script has one of these: what a client does about a refusal is where most engines lost work. */
const refusals: Fault[] = ['unauthorized', 'tooOld', 'tooMany', 'serverError']
const always = new Set<string>(['sync', 'checkIn', 'walkIn', 'edit', 'air'])
const isKind = (value: unknown): value is StepKind =>
  (typeof value === 'string' && [weights, attendeeWeights].some((kinds) => Object.hasOwn(kinds, value))) ||
  updateKinds.some((kind) => kind === value)

/**
 * What a script draws from: some kinds of steps and faults each, so that few things happen often and meet each other.
 */
type Climate = { kinds: StepKind[]; faults: Fault[] /** Where half of it happens. */; device: number }
const [team, attendees] = [5, 2]

/** Each kind as often as it weighs. */
function spread(chosen: [string, number][]): StepKind[] {
  return chosen.flatMap(([kind, weight]) => (isKind(kind) ? Array<StepKind>(weight).fill(kind) : []))
}

function drawClimate(chance: Chance): Climate {
  const chosen = Object.entries(weights).filter(([kind]) => always.has(kind) || !chance.once(3))
  return {
    kinds: spread(chosen),
    faults: ['ok', 'ok', chance.pick(refusals), chance.pick(faults), chance.pick(faults)],
    device: chance.below(team),
  }
}

function drawStep(chance: Chance, climate: Climate): Step {
  const kind = chance.pick(climate.kinds)
  const talks = kind === 'sync' || kind === 'meet' || kind === 'wait'
  const length = chance.once(talks ? 2 : 4) ? 1 + chance.below(6) : 0
  /** Half of the troubles last for a while. */
  const lasting = chance.once(2) ? chance.pick(climate.faults) : undefined
  const met = Array.from({ length }, () => lasting ?? chance.pick(climate.faults))
  return {
    do: kind,
    device: ofOffice.has(kind) ? 0 : chance.once(2) ? climate.device : chance.below(team),
    tab: chance.once(5) ? 1 : 0,
    seed: chance.below(1_000_000),
    faults: met,
    dieIn: chance.once(talks ? 4 : 12) ? 1 + chance.below(talks ? 40 : 8) : 0,
    early: chance.once(2),
    closeIn: chance.once(12) ? 1 + chance.below(talks ? 40 : 4) : 0,
    full: chance.once(25) ? 1 + chance.below(2) : 0,
    wait: chance.pick([0, 0, 0, 5, 900, 900, 7_000, 7_000, 7_000, 70_000]),
  }
}

/**
 * The script of a seed: 20 to 32 steps of the team, with 6 to 12 of attendees in between; where it begins with the
 * former version, also the server's update and those of four devices.
 */
export function drawScript(seed: number): Step[] {
  const chance = createChance(seed)
  const climate = drawClimate(chance)
  const script = Array.from({ length: 20 + chance.below(13) }, () => drawStep(chance, climate))
  const apart = createChance(seed + 1_000_000_007)
  const theirs = { ...climate, kinds: spread(Object.entries(attendeeWeights)) }
  for (let left = 6 + apart.below(7); left > 0; left--) {
    const step = { ...drawStep(apart, theirs), device: team + apart.below(attendees) }
    script.splice(apart.below(script.length + 1), 0, step)
  }
  if (drawVersions(seed, team + attendees).template === former)
    insertUpdates(script, createChance(seed + 3_000_000_019), climate)
  return script
}

function insertUpdates(script: Step[], chance: Chance, climate: Climate): void {
  const kinds = ['updateServer', 'update', 'update', 'update', 'update'] as const
  for (const kind of kinds) {
    const step = { ...drawStep(chance, climate), do: kind, device: chance.below(team + attendees), full: 0 }
    script.splice(chance.below(script.length + 1), 0, step)
  }
}

/** A step as a line that a person can read and `simulate --script` can run. */
export function describeStep({ do: kind, device, tab, seed, faults: met, ...rest }: Step): string {
  const { dieIn, early, closeIn, full, wait } = rest
  return JSON.stringify({ do: kind, device, tab, seed, faults: met, dieIn, early, closeIn, full, wait })
}

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
