import type { Steps } from '../steps.ts'
import { meanOf } from './results.ts'

const gainClasses = ['high', 'medium', 'low', 'down'] as const
/** Hake (1998): high from 0.70, medium from 0.30, low below; `down` when somebody knew less afterwards. */
export type GainClass = (typeof gainClasses)[number]

/**
 * Gains come out of divisions: 7 of 10 points that were left must not be less than 0.7 for a binary fraction's sake.
 */
const precision = 1e9

/** The class of a normalized gain (domain.md 5.2: from 0.3 medium, from 0.7 high), taken after rounding. */
export function classOfGain(gain: number): GainClass {
  const rounded = Math.round(gain * precision) / precision
  if (rounded < 0) return 'down'
  return rounded >= 0.7 ? 'high' : rounded >= 0.3 ? 'medium' : 'low'
}

/** Points of one person before and after. */
export type ScorePair = { person: string; before: number; after: number }

export type GainResult = {
  /** Persons with both tests. */
  paired: number
  /** Of those, who had every point before: nothing could be gained, so they count in no mean of gains. */
  full: number
  meanBefore: number | undefined
  meanAfter: number | undefined
  /** Mean of the persons' own gains. */
  meanGain: number | undefined
  /** Gain of the averages of all pairs: Hake's class gain. */
  classGain: number | undefined
  byPerson: (ScorePair & { gain: number | undefined })[]
}

/** g = (after − before) / (most − before); there is none for who had every point before (domain.md 5.2). */
export function gainOf(before: number, after: number, most: number): number | undefined {
  return before < most ? (after - before) / (most - before) : undefined
}

/** How much a group learnt, of those who answered before and after, a person a step; `most` is the full mark. */
export function* gainInSteps(pairs: readonly ScorePair[], most: number): Steps<GainResult> {
  const byPerson: GainResult['byPerson'] = []
  for (const pair of pairs) {
    byPerson.push({ ...pair, gain: gainOf(pair.before, pair.after, most) })
    yield
  }
  const gains = byPerson.map(({ gain }) => gain).filter((gain) => gain !== undefined)
  const meanBefore = meanOf(pairs.map(({ before }) => before))
  const meanAfter = meanOf(pairs.map(({ after }) => after))
  return {
    paired: pairs.length,
    full: pairs.length - gains.length,
    meanBefore,
    meanAfter,
    meanGain: meanOf(gains),
    classGain: meanBefore === undefined || meanAfter === undefined ? undefined : gainOf(meanBefore, meanAfter, most),
    byPerson,
  }
}
