import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { simulate } from '../support/simulate.ts'

it('a seed is the same run to the last write and answer, in any process and whatever ran before it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hadir-trace-'))
  const traceFrom = async (from: number, seeds: number) => {
    const file = join(folder, `from-${from}`)
    await simulate('--from', String(from), '--seeds', String(seeds), '--trace', file)
    return (await readFile(file, 'utf8')).split('\n').filter((line) => line.startsWith('8 '))
  }
  const [alone, behind] = await Promise.all([traceFrom(8, 1), traceFrom(7, 2)])
  expect(alone.length).toBeGreaterThan(100)
  expect(behind).toEqual(alone)
  await rm(folder, { recursive: true })
}, 300_000)
