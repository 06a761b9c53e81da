import { createHash, createPublicKey, type JsonWebKey, verify } from 'node:crypto'
import Sqlite from 'better-sqlite3'

const rowsAtOnce = 1_000

/** A table in a file of its own, written anew as a whole: one transaction, one statement of many rows at a time. */
function openTable(path: string, columns: string[]) {
  const file = new Sqlite(path)
  file.pragma('journal_mode = WAL')
  file.pragma('synchronous = FULL')
  file.exec(`create table log (${columns.join()}, primary key (dev, n))`)
  const row = `(${columns.map(() => '?').join()})`
  return (rows: unknown[][]): void => {
    file.exec('begin; delete from log')
    for (let i = 0; i < rows.length; i += rowsAtOnce) {
      const some = rows.slice(i, i + rowsAtOnce)
      file.prepare(`insert into log values ${some.map(() => row).join()}`).run(some.flat())
    }
    file.exec('commit')
  }
}

const opColumns = ['v integer', 'dev text', 'n integer', 'wall integer', 'at integer', 'body blob']

/** A log without rules. */
export function openBareLog(path: string) {
  const write = openTable(path, opColumns)
  let held = ''
  return {
    put: (text: string): void => {
      write(JSON.parse(text))
      held = text
    },
    get: () => held,
  }
}

/** What `page/byHand.ts` sends. */
type SignedOps = {
  key: JsonWebKey
  signature: string
  ops: [v: number, dev: string, n: number, wall: number, at: number, body: string][]
}

function sha256(...parts: (string | Uint8Array)[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** A log that keeps the rules and nothing else: its author's chain and seal, its own chain, a word on each op. */
export function openLogByHand(path: string) {
  const write = openTable(path, [...opColumns, 'seq integer', 'link text', 'chain text'])
  return {
    /** The number and final time of each op, as JSON, once the disk has them. */
    push: (text: string): string => {
      const { key, signature, ops }: SignedOps = JSON.parse(text)
      const now = Date.now()
      let link: Buffer = Buffer.alloc(32)
      let chain = link
      const rows = ops.map(([v, dev, n, wall, claimed, body], i) => {
        const [bodyHash, at] = [sha256(body), Math.min(claimed, now)]
        link = sha256(link, JSON.stringify([v, dev, n, wall, claimed]), bodyHash)
        chain = sha256(chain, JSON.stringify([i + 1, v, dev, n, wall, at]), bodyHash)
        return [v, dev, n, wall, at, body, i + 1, link.toString('base64url'), chain.toString('base64url')]
      })
      const author = { key: createPublicKey({ key, format: 'jwk' }), dsaEncoding: 'ieee-p1363' } as const
      if (!verify('sha256', link, author, Buffer.from(signature, 'base64'))) throw new Error('a broken seal')
      write(rows)
      return JSON.stringify(rows.map(([, , n, , at, , seq]) => [n, seq, at]))
    },
  }
}
