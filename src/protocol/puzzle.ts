import * as v from 'valibot'

const Token = v.pipe(v.string(), v.maxLength(200))
/** More than any server asks for: a browser that is asked for more than this takes it for no answer of Hadir's. */
const [mostCost, mostParts, mostOdds] = [65_536, 64, 65_536]
const upTo = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most))

/** What is to be solved for a try of one's own (core/puzzle.ts). */
export const Puzzle = v.object({ token: Token, cost: upTo(mostCost), parts: upTo(mostParts), odds: upTo(mostOdds) })

export const Solution = v.object({
  token: Token,
  guesses: v.pipe(v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(0))), v.maxLength(mostParts)),
})
