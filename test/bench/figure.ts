/** One measured figure. `ratio` is `value / limit`; it should be at most `reach`. */
export type Figure = { name: string; value: number; unit: string; limit: number; ratio: number; reach: number }

const round = (value: number) => Number(value.toPrecision(3))

export function figure(name: string, value: number, unit: string, limit: number, reach: number): Figure {
  return { name, value: round(value), unit, limit: round(limit), ratio: round(value / limit), reach: round(reach) }
}

/** The value below which `share` of the samples lie. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export function printTable(figures: readonly Figure[]): void {
  const rows = figures.map(({ name, value, unit, limit, ratio, reach }) => [
    name,
    `${value} ${unit}`,
    `${limit} ${unit}`,
    `${ratio} ×`,
    `${reach} ×`,
    ratio <= reach ? 'reached' : 'MISSED',
  ])
  const table = [['figure', 'value', 'limit', 'ratio', 'reach', ''], ...rows]
  const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  for (const row of table)
    console.log(
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
    )
}
