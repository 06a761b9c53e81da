import { expect, test } from 'vitest'
import { createTurns } from '../../src/server/turns.ts'

const at = (address: string) => ({ address })

/** Work that ends when it is told to. */
function makeWork() {
  const started: string[] = []
  const ends: (() => void)[] = []
  const work = (name: string) => () => {
    started.push(name)
    return new Promise<string>((resolve) => ends.push(() => resolve(name)))
  }
  return { started, ends, work }
}

test('slow work is done one after the other; a flood from one address leaves room for another', async () => {
  const turns = createTurns({ waiting: 5, perPlace: 3 })
  const { started, ends, work } = makeWork()
  const flood = Array.from({ length: 6 }, (_, i) => turns(at('a'), work(`a${i}`)))
  const other = turns(at('b'), work('b'))
  expect(await Promise.all(flood.slice(3))).toEqual(
    Array.from({ length: 3 }, () => ({ ok: false, failure: { kind: 'tooMany', retryAfterMs: 2_000 } })),
  )
  for (const name of ['a0', 'a1', 'a2', 'b']) {
    await expect.poll(() => started.at(-1)).toBe(name)
    ends.shift()?.()
  }
  expect(await other).toMatchObject({ ok: true, value: 'b' })
  expect(started).toEqual(['a0', 'a1', 'a2', 'b'])
})

test('addresses without number do not make the line longer than it may be', async () => {
  const turns = createTurns({ waiting: 2, perPlace: 1 })
  const { ends, work } = makeWork()
  const many = Array.from({ length: 5 }, (_, i) => turns(at(`${i}`), work(`${i}`)))
  expect(await Promise.all(many.slice(3))).toMatchObject([{ ok: false }, { ok: false }])
  for (let done = 0; done < 3; done++) {
    await expect.poll(() => ends.length).toBe(1)
    ends.shift()?.()
  }
  expect(await Promise.all(many.slice(0, 3))).toMatchObject([{ ok: true }, { ok: true }, { ok: true }])
})

test('a device that the account knows goes before strangers, however many of them stand in line', async () => {
  const turns = createTurns({ waiting: 2, perPlace: 2 })
  const { started, ends, work } = makeWork()
  const strangers = Array.from({ length: 5 }, (_, i) => turns(at(`${i}`), work(`stranger ${i}`)))
  const own = Array.from({ length: 3 }, (_, i) => turns({ device: 'D' }, work(`own ${i}`)))
  expect(await Promise.all([...strangers.slice(3), ...own.slice(2)])).toMatchObject(Array(3).fill({ ok: false }))
  for (const name of ['stranger 0', 'own 0', 'own 1', 'stranger 1', 'stranger 2']) {
    await expect.poll(() => started.at(-1)).toBe(name)
    ends.shift()?.()
  }
  expect(await Promise.all(own.slice(0, 2))).toMatchObject([{ ok: true }, { ok: true }])
})

test('work that fails gives its turn on', async () => {
  const turns = createTurns({ waiting: 2, perPlace: 2 })
  await expect(turns(at('a'), () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await turns(at('a'), () => Promise.resolve(1))).toEqual({ ok: true, value: 1 })
})
