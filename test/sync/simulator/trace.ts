import { createHash } from 'node:crypto'

/** What happened in a run, line by line: two runs of a seed that differ anywhere have another hash. */
export type Trace = {
  note: (line: string) => void
  hash: () => string
  /** The lines themselves, when they are kept. */
  lines: readonly string[]
}

export function createTrace(isKept: boolean): Trace {
  const hash = createHash('sha256')
  const lines: string[] = []
  return {
    note: (line) => {
      hash.update(`${line}\n`)
      if (isKept) lines.push(line)
    },
    hash: () => hash.copy().digest('hex'),
    lines,
  }
}
