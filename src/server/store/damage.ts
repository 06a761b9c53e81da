/** A database whose file, or a page of it, cannot be what was written; `detail`: its own words. */
export type DamageFailure = { kind: 'brokenDatabase' | 'brokenPostgres'; detail: string }

/** PostgreSQL's data_corrupted, index_corrupted, and undefined_file: none of our statements names one. */
const postgresCodes = ['XX001', 'XX002', '58P01']

/** Rows are gone that others tell of, which is damage that the database itself may not see. */
export class LostRowsError extends Error {
  readonly kind: DamageFailure['kind']
  constructor(kind: DamageFailure['kind'], message: string) {
    super(message)
    this.name = 'LostRowsError'
    this.kind = kind
  }
}

/** A log without the ops that its head counts. */
export const logEndsBefore = (kind: DamageFailure['kind'], space: string, last: number) =>
  new LostRowsError(kind, `the log of ${space} ends before ${last}`)

/** What an error of a database says of damage; `undefined`: nothing. */
export function damageOf(error: unknown): DamageFailure | undefined {
  if (error instanceof LostRowsError) return { kind: error.kind, detail: error.message }
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const code = String(error.code)
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return { kind: 'brokenDatabase', detail: error.message }
  return postgresCodes.includes(code) ? { kind: 'brokenPostgres', detail: error.message } : undefined
}
