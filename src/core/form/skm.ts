/** How the elements are weighted: each 1/u, or the rounded weight that the regulation prints (0,11 for nine). */
export type SkmWeight = 'exact' | 'printed'

const skmGrades = ['A', 'B', 'C', 'D'] as const
export type SkmGrade = (typeof skmGrades)[number]

export type SkmResult = {
  n: number
  /** The index in hundredths, 2500 to 10000: an integer, so that no binary fraction decides on a class. */
  hundredths: number
  grade: SkmGrade
  weight: SkmWeight
  /** Mean of each element (NRR), 1 to 4, in the order of the elements. */
  means: number[]
}

/** `a / b` rounded half up, for integers from 0. */
function divideRounded(a: number, b: number): number {
  return Math.floor((2 * a + b) / (2 * b))
}

/** Classes after rounding (Permenpan RB 14/2017; domain.md 5.3): from 65,00 C, from 76,61 B, from 88,31 A. */
export function gradeOfSkm(hundredths: number): SkmGrade {
  if (hundredths >= 8831) return 'A'
  if (hundredths >= 7661) return 'B'
  return hundredths >= 6500 ? 'C' : 'D'
}

/**
 * Indeks Kepuasan Masyarakat of Permenpan RB 14/2017: Σ of the elements' means × weight × 25. `totals` are the sums of
 * the answers 1 to 4 to each element, of the same `n` respondents. `undefined` for no respondent or no element.
 * The regulation's own example (n = 29, Σ = 955) gives 91,48 with 1/9 and 90,56 with 0,11.
 */
export function skmIndex(totals: readonly number[], n: number, weight: SkmWeight = 'exact'): SkmResult | undefined {
  const elements = totals.length
  if (n === 0 || elements === 0) return undefined
  const sum = totals.reduce((all, total) => all + total, 0)
  const hundredths =
    weight === 'exact'
      ? divideRounded(2500 * sum, n * elements)
      : divideRounded(25 * divideRounded(100, elements) * sum, n)
  return { n, hundredths, grade: gradeOfSkm(hundredths), weight, means: totals.map((total) => total / n) }
}
