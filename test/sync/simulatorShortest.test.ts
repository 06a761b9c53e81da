import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { simulate } from '../support/simulate.ts'

const bug = ['--break', 'drop-on-4xx']

it('a failure prints its seed and a short script, which fails in the same way and only with the bug', async () => {
  const { status, text } = await simulate('--seeds', '60', '--tries', '60', ...bug)
  expect(status).toBe(1)
  const seed = text.match(/^Seed (\d+) fails:$/m)?.[1] ?? ''
  const script = text.match(/^\{.*\}$/gm) ?? []
  expect(script.length).toBeGreaterThan(0)
  /** A seed has 26 steps at least. */
  expect(script.length).toBeLessThan(13)
  const failure = text.split('It fails with:\n')[1]?.split('\n')[0] ?? ''
  expect(failure).toMatch(/was told that .* is saved, and it is nowhere/)

  const folder = await mkdtemp(join(tmpdir(), 'hadir-script-'))
  const file = join(folder, 'script')
  await writeFile(file, script.join('\n'))
  const [again, sound] = await Promise.all([bug, []].map((more) => simulate('--from', seed, '--script', file, ...more)))
  expect(again).toMatchObject({ status: 1, text: expect.stringContaining(failure) })
  expect(sound).toMatchObject({ status: 0, text: expect.stringContaining('Nothing was lost.') })
  await rm(folder, { recursive: true })
}, 600_000)

it.each([
  ['--from', '0'],
  ['--from', 'x'],
  ['--seeds', 'x'],
])('%s %s is refused in words', async (option, count) => {
  expect(await simulate(option, count)).toEqual({
    status: 2,
    text: '--seeds is a whole number, and --from is one from 1 on.\n',
  })
})
