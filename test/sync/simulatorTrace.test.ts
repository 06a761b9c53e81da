import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { simulate } from '../support/simulate.ts'

it('a seed is the same run to the last write and answer, in any process and whatever ran before it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hadir-trace-'))
  const traceFrom = async (from: number, seeds: number) => {
    const file = join(folder, `${seeds}-from-${from}`)
    const { text } = await simulate('--from', String(from), '--seeds', String(seeds), '--trace', file)
    const lines = (await readFile(file, 'utf8')).split('\n')
    return { text, of: (seed: number) => lines.filter((line) => line.startsWith(`${seed} `)) }
  }
  /** 7 begins with the present version, 8 with the former. */
  const [seventh, eighth, behind] = await Promise.all([traceFrom(7, 1), traceFrom(8, 1), traceFrom(6, 3)])
  expect([seventh, eighth].map(({ text }) => text.includes('former app'))).toEqual([false, true])
  for (const [seed, alone] of [[7, seventh] as const, [8, eighth] as const]) {
    expect(alone.of(seed).length).toBeGreaterThan(100)
    expect(behind.of(seed)).toEqual(alone.of(seed))
  }
  await rm(folder, { recursive: true })
}, 300_000)
