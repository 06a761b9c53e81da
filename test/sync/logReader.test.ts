import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { readSpace } from '../../src/client/db/spaces.ts'
import type { Link } from '../../src/client/sync/link.ts'
import { type Arrived, createLogReader } from '../../src/client/sync/logReader.ts'
import { pullSpace } from '../../src/client/sync/pull.ts'
import type { Cursor } from '../../src/protocol/pull.ts'
import { makeBatch, makeDevice, makeOps } from '../support/server.ts'
import { append } from '../support/stores.ts'
import { createTeam } from './world.ts'

let team: Awaited<ReturnType<typeof createTeam>>
let head: number
beforeAll(async () => {
  team = await createTeam()
  const device = makeDevice()
  for (let from = 1; from < 9_000; from += 1_500)
    await append(team.server.store(), team.space, makeBatch(device, team.space, makeOps(1_500, from)))
  head = (await team.server.store().findSpace(team.space))?.head ?? 0
})
afterAll(() => team.stop())

/** Cursors for which the server was asked, and its answers that have come. */
let asked: (Cursor | undefined)[]
let answered: number
let link: Link
beforeEach(() => {
  asked = []
  answered = 0
  const { pull } = team.siti.link
  link = {
    ...team.siti.link,
    pull: async (space, cursor) => {
      asked.push(cursor)
      const answer = await pull(space, cursor)
      answered++
      return answer
    },
  }
})

function endOf({ answer, ops }: Arrived): Cursor {
  if (!answer.ok || answer.value.state !== 'page' || !ops) throw new Error('no page that follows')
  const { epoch, after, chain } = answer.value
  return { epoch, seq: after + ops.length, chain }
}

/** A turn of the event loop in which nothing is asked: whatever was to be asked was. */
async function settled(): Promise<void> {
  for (let before = -1; before !== asked.length || answered < asked.length; ) {
    before = asked.length
    await new Promise((resolve) => setImmediate(resolve))
  }
}

it('[S6] asks for two pages while one is written, and for one more as each is taken', async () => {
  const read = createLogReader(link, team.space)
  let cursor = endOf(await read(undefined))
  for (const expected of [3, 4, 5]) {
    await settled()
    expect(asked.length).toBe(expected)
    cursor = endOf(await read(cursor))
  }
  expect(cursor.seq).toBe(8_000)
  expect(endOf(await read(cursor)).seq).toBe(head)
  await settled()
  expect(asked.map((one) => one?.seq)).toEqual([undefined, 2_000, 4_000, 6_000, 8_000])
})

it('[S6] what was read ahead is used by nobody who stands elsewhere', async () => {
  const read = createLogReader(link, team.space)
  const first = endOf(await read(undefined))
  await settled()
  expect(endOf(await read(undefined))).toEqual(first)
  await settled()
  expect(endOf(await read(first)).seq).toBe(4_000)
  await settled()
  const once = [undefined, 2_000, 4_000]
  expect(asked.map((one) => one?.seq)).toEqual([...once, ...once, 6_000])
  const { answer, ops } = await read({ ...first, seq: 1_999 })
  expect([answer.ok && answer.value.state, ops]).toEqual(['diverged', undefined])
})

it('[S6] a page that does not follow from the one before is not stored, and what was asked behind it neither', async () => {
  const { siti, space } = team
  const { pull } = link
  const altering: Link = {
    ...link,
    pull: async (id, cursor) => {
      const answer = await pull(id, cursor)
      const isThird = cursor && cursor.seq >= 4_000 && cursor.seq < 6_000
      if (isThird && answer.ok && answer.value.state === 'page') answer.value.ops[7]?.splice(3, 1, 5)
      return answer
    },
  }
  expect(await pullSpace(siti.db, altering, space)).toEqual({ kind: 'notHadir' })
  expect((await readSpace(siti.db, space))?.seq).toBeLessThan(6_000)
  expect(await pullSpace(siti.db, link, space)).toBeUndefined()
  expect((await readSpace(siti.db, space))?.seq).toBe(head)
})
