import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { chainStart, logLink, type Op } from '../../core/op.ts'
import type { BackupContent, LogEnd } from './backup.ts'
import { createHistoryCheck } from './historyCheck.ts'

/**
 * A log as its rows come by, in any order: how far they follow each other without a gap, and those that wait for one.
 */
type Log = { seq: number; chain: Uint8Array; early: Map<number, Op> }
type SpaceEnd = LogEnd & { chain: string }

/** A text in COPY's text form; ours hold no characters that are written otherwise than as themselves but `\`. */
const textOf = (cell: string) => cell.replaceAll('\\\\', '\\')
const nullableOf = (cell: string) => (cell === '\\N' ? null : textOf(cell))
/** Bytes are written as `\\x` and hex. */
const bytesOf = (cell: string) => Buffer.from(cell.replace(/^\\\\x/, ''), 'hex').toString('utf8')

/** The lines of COPY, which only a line feed ends; `readline` also breaks at U+2028, which people's words may hold. */
async function* linesOf(stream: Readable): AsyncGenerator<string> {
  let rest = ''
  for await (const part of stream.setEncoding('utf8')) {
    const lines = `${rest}${part}`.split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
}

function addOp(log: Log, seq: number, op: Op): void {
  log.early.set(seq, op)
  for (let next = log.early.get(log.seq + 1); next; next = log.early.get(log.seq + 1)) {
    log.early.delete(log.seq + 1)
    log.seq++
    log.chain = logLink(log.chain, log.seq, next)
  }
}

export type Dump = Pick<BackupContent, 'ends' | 'historyEnd' | 'isHistoryWhole'> & { migrations: string[] }

/**
 * Reads spaces, ops and the server's history back from a file of `pg_dump --format=custom`: where each log ends, and
 * which migrations were done; `undefined` when a number is missing, a chain does not hold, or the file cannot be read to
 * its end.
 */
export async function readDump(path: string): Promise<Dump | undefined> {
  const tables = ['spaces', 'ops', 'audit', 'auditEnd', 'kysely_migration'].map((name) => `--table=${name}`)
  const program = spawn('pg_restore', ['--data-only', ...tables, '--file=-', path], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = new Promise<number | null>((resolve) => {
    program.on('error', () => resolve(null))
    program.on('close', resolve)
  })
  const logs = new Map<string, Log>()
  const ends: SpaceEnd[] = []
  const migrations: string[] = []
  const history = createHistoryCheck()
  let historyEnd: { seq: number; chain: string } | undefined
  const logOf = (space: string): Log => {
    const log = logs.get(space) ?? { seq: 0, chain: chainStart, early: new Map() }
    logs.set(space, log)
    return log
  }
  let table = ''
  let columns: string[] = []
  for await (const line of linesOf(program.stdout)) {
    const [, name, list] = /^COPY \S*?(\w+)"? \((.*)\) FROM stdin;$/.exec(line) ?? []
    if (!table && name && list) {
      table = name
      columns = list.split(', ')
    } else if (line === '\\.') table = ''
    else if (table) {
      const cells = line.split('\t')
      const cell = (column: string) => cells[columns.indexOf(column)] ?? ''
      const [space, dev, number] = [cell('space'), cell('dev'), (column: string) => Number(cell(column))]
      if (table === 'spaces') ends.push({ space, epoch: cell('epoch'), head: number('head'), chain: cell('chain') })
      else if (table === 'kysely_migration') migrations.push(cell('name'))
      else if (table === 'auditEnd') historyEnd = { seq: number('seq'), chain: cell('chain') }
      else if (table === 'audit')
        history.add({
          ...{ seq: number('seq'), at: number('at'), kind: cell('kind'), space, chain: cell('chain') },
          ...{ account: nullableOf(cell('account')), dev: nullableOf(dev), about: nullableOf(cell('about')) },
          ...{ reason: textOf(cell('reason')), detail: textOf(cell('detail')) },
        })
      else {
        const [v, n, wall, at] = [number('v'), number('n'), number('wall'), number('at')]
        addOp(logOf(space), number('seq'), { v, space, dev, n, wall, at, body: bytesOf(cell('body')) })
      }
    }
  }
  const isWhole = ends.every(({ space, head, chain }) => {
    const log = logOf(space)
    return log.early.size === 0 && log.seq === head && Buffer.from(log.chain).toString('base64url') === chain
  })
  if ((await ended) !== 0 || !isWhole) return undefined
  return {
    ends: ends.map(({ space, epoch, head }) => ({ space, epoch, head })),
    historyEnd,
    isHistoryWhole: historyEnd === undefined || history.endsAt(historyEnd),
    migrations,
  }
}
