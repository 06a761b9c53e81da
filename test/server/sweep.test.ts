import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { namedFiles } from '../../src/core/material.ts'
import { openDisk } from '../../src/server/files/disk.ts'
import { sweepFiles } from '../../src/server/files/sweep.ts'
import { chunkBytes, dayMs, openFileSite, said } from '../support/fileSite.ts'
import { begin, hashOf, makeVideo, naming, sendChunk, sendWhole } from '../support/files.ts'
import type { TestServer } from '../support/server.ts'

describe('what nobody needs', () => {
  const content = makeVideo(1000)
  const hash = hashOf(content)
  /** Removes what the server may, now or some days from now. */
  function sweeping({ deps, clock }: TestServer) {
    const sweep = () =>
      sweepFiles({
        store: deps.store,
        files: deps.files,
        namedIn: async (id) => {
          const folded = await deps.folded(id)
          return folded ? namedFiles(folded.space) : new Set()
        },
        now: clock.now,
      })
    const later = async (days: number) => {
      clock.now += days * dayMs
      await sweep()
    }
    return { sweep, later }
  }

  test('is removed 30 days after the last material that named it, in any event', async () => {
    const { server, team, write, space, newSpace } = await openFileSite()
    const { sweep, later } = sweeping(server)
    const second = await newSpace()
    await sendWhole(team, space, content)
    await begin(team, second, content)
    await write(space, [naming('m', hash)])
    await write(second, [naming('m', hash)])
    await later(100)
    await write(space, [naming('m', hash, { deleted: true })])
    await sweep()
    await later(29)
    expect(await server.deps.store.findFile(space, hash)).toBeDefined()
    await later(2)
    expect(await server.deps.store.findFile(space, hash)).toBeUndefined()
    expect(await server.deps.store.findFile(second, hash)).toBeDefined()
    expect(await server.deps.files.list()).toEqual([hash])
    await write(second, [naming('m', hash, { deleted: true })])
    await sweep()
    await later(31)
    expect(await server.deps.files.list()).toEqual([])
  })

  test('stays when the deletion is undone in time', async () => {
    const { server, team, write, space, statusOf } = await openFileSite()
    const { sweep, later } = sweeping(server)
    await sendWhole(team, space, content)
    await write(space, [naming('m', hash, { deleted: true })])
    await sweep()
    await later(29)
    await write(space, [naming('m', hash, { deleted: false })])
    await sweep()
    await later(2)
    expect(await statusOf(team, hash)).toBe(200)
  })

  test('an upload that nobody goes on with is given up after a week', async () => {
    const { server, team, space } = await openFileSite()
    const { later } = sweeping(server)
    const large = makeVideo(2 * chunkBytes)
    await begin(team, space, large)
    await sendChunk(team, space, hashOf(large), 0, large.subarray(0, chunkBytes))
    await later(6)
    expect(await said(begin(team, space, large))).toEqual({ offset: chunkBytes, complete: false })
    await later(2)
    expect(await server.deps.files.listParts()).toEqual([])
    expect(await said(begin(team, space, large))).toEqual({ offset: 0, complete: false })
  })

  test('content that a restored database does not know waits 30 days for its ops', async () => {
    const { server, team, space, statusOf } = await openFileSite()
    const { sweep, later } = sweeping(server)
    await sendWhole(team, space, content)
    await server.deps.store.dropFile(space, hash)
    await sweep()
    await later(29)
    expect(await server.deps.files.list()).toEqual([hash])
    expect(await statusOf(team, hash)).toBe(404)
    await later(2)
    expect(await server.deps.files.list()).toEqual([])
  })

  test('a part that no upload stands for, as after a restore, goes at once', async () => {
    const { folder, server, space } = await openFileSite()
    const { sweep } = sweeping(server)
    const disk = await openDisk(join(folder, 'blobs'))
    await disk.writeChunk({ space, hash }, 0, content)
    await sweep()
    expect(await disk.listParts()).toEqual([])
  })
})
