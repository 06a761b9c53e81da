/**
 * The change of an index or a score that runs from 0 to 100, in points with at most `digits` decimals (domain.md 4.3):
 * 86 to 84,73 is −1,27 points, which is not 1,27 %. Worked out from the values as they are printed, so that a reader
 * who subtracts finds the same.
 */
export function changeInPoints(before: number, after: number, digits = 2): number {
  const scale = 10 ** digits
  return (Math.round(after * scale) - Math.round(before * scale)) / scale
}
