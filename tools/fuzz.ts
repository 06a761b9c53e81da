/**
 * Any number of made-up requests, 50,000 to a server: `npm run fuzz -- --runs 1000000 [--seed 7]`. Fails with the seed
 * and the call at the first wrong answer, and when what is left in memory grows from server to server.
 */
import { parseArgs } from 'node:util'
import { fuzz, heapBytes, mayGrowBytes } from '../test/server/fuzz/fuzz.ts'

const perServer = 50_000
const { values } = parseArgs({ options: { runs: { type: 'string', default: '20000' }, seed: { type: 'string' } } })
const [runs, seed] = [Number(values.runs), Number(values.seed ?? Date.now() % 1_000_000_000)]
const answers: Record<string, number> = {}
let committed = 0
let firstBytes: number | undefined
for (let done = 0; done < runs; done += perServer) {
  const report = await fuzz({ runs: Math.min(perServer, runs - done), seed: seed + done })
  committed += report.committed
  for (const [status, count] of Object.entries(report.answers)) answers[status] = (answers[status] ?? 0) + count
  const bytes = heapBytes()
  firstBytes ??= bytes
  console.log(
    `${done + report.runs} of ${runs} from seed ${seed}: ${JSON.stringify({ answers, committed, heapBytes: bytes })}`,
  )
  if (bytes > firstBytes + mayGrowBytes) throw new Error('memory grows from server to server')
}
