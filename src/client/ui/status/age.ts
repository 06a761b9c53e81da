export type Age = { unit: 'now' | 'minutes' | 'hours' | 'days'; count: number }

/** An age in the largest whole unit; under a minute, and for a clock that was set back, it is "now". */
export function ageParts(ageMs: number): Age {
  const minutes = Math.floor(ageMs / 60_000)
  if (minutes < 1) return { unit: 'now', count: 0 }
  if (minutes < 60) return { unit: 'minutes', count: minutes }
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? { unit: 'hours', count: hours } : { unit: 'days', count: Math.floor(hours / 24) }
}
