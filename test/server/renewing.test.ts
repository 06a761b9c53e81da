import { pino } from 'pino'
import { expect, test } from 'vitest'
import { fail, ok } from '../../src/core/result.ts'
import { createRenewing, type Site } from '../../src/server/renewing.ts'

/** What answers `name`, and what was done with it. */
function makeSite(name: string, untilRestore: Promise<void>) {
  const done: string[] = []
  const note = (what: string) => () => void done.push(what)
  const site: Site = {
    ...{ fetch: () => new Response(name), untilRestore: () => untilRestore },
    ...{ begin: note('begin'), quieten: note('quieten'), close: async () => note('close')() },
  }
  return { site, done }
}

test('a server that is stopped while it opens the restored database closes that, too, and begins nothing', async () => {
  const restore = Promise.withResolvers<void>()
  const opening = Promise.withResolvers<void>()
  const opened = Promise.withResolvers<void>()
  const first = makeSite('first', restore.promise)
  const second = makeSite('second', new Promise(() => undefined))
  const open = async () => {
    opening.resolve()
    await opened.promise
    return ok(second.site)
  }
  const site = createRenewing(first.site, open, () => new Response('closed'), pino({ level: 'silent' }))
  const answerOf = async () => (await site.fetch(new Request('http://localhost/'))).text()
  expect(await answerOf()).toBe('first')
  restore.resolve()
  await opening.promise
  expect(await answerOf()).toBe('closed')
  const closed = site.close()
  opened.resolve()
  await closed
  expect(first.done).toEqual(['quieten', 'close'])
  expect(second.done).toEqual(['close'])
})

test('a server that cannot open its database again says what to do, and closes', async () => {
  const said = Promise.withResolvers<string>()
  const log = pino({ base: null }, { write: (line) => line.includes('"level":50') && said.resolve(line) })
  const open = async () => fail({ kind: 'brokenPostgres', detail: 'read only 0 of 8192 bytes' } as const)
  const site = createRenewing(makeSite('first', Promise.resolve()).site, open, () => new Response('closed'), log)
  expect(await said.promise).toMatch(/DATABASE_URL is damaged \(read only 0 of 8192 bytes\).*npm run restore/)
  await site.close()
})
