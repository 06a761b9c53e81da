/** A database whose file, or a page of it, cannot be what was written; `detail`: its own words. */
export type DamageFailure = { kind: 'brokenDatabase' | 'brokenPostgres'; detail: string }

/** PostgreSQL's data_corrupted, index_corrupted, and undefined_file: none of our statements names one. */
const postgresCodes = ['XX001', 'XX002', '58P01']

/** What an error of a database says of damage; `undefined`: nothing. */
export function damageOf(error: unknown): DamageFailure | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const code = String(error.code)
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return { kind: 'brokenDatabase', detail: error.message }
  return postgresCodes.includes(code) ? { kind: 'brokenPostgres', detail: error.message } : undefined
}
