import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { createApp } from '../../../src/server/app.ts'
import { createDeps } from '../../../src/server/start.ts'
import { openSqlite } from '../../../src/server/store/sqlite.ts'
import type { Store } from '../../../src/server/store/store.ts'
import { openTestContent } from '../../support/server.ts'

/** In memory where the machine has such a folder: what a power cut does to a disk is not this test's matter. */
const root = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

const makeFolder = () => mkdtempSync(join(root, 'hadir-simulator-'))

/** The real server over a real SQLite file, on the world's clock. `template`: a data folder to begin with. */
export async function createHost(parts: {
  now: () => number
  /** Does what other threads have a part in. */
  apart: <T>(work: () => Promise<T>) => Promise<T>
  template: string | undefined
  wrapStore: (store: Store) => Store
}) {
  const { now, apart, template, wrapStore } = parts
  const folder = makeFolder()
  const copies: string[] = []
  if (template) cpSync(template, folder, { recursive: true })
  let running = await run()

  async function run() {
    const opened = await openSqlite(folder)
    if (!opened.ok) throw new Error(opened.failure.kind)
    const store = wrapStore(opened.value)
    const content = await apart(() => openTestContent(folder))
    const deps = { ...(await createDeps(store, 0, content)), now }
    const app = createApp(deps, {
      distFolder: folder,
      publicUrl: undefined,
      proxies: 0,
      log: pino({ level: 'silent' }),
    })
    return { deps, app, store }
  }

  /** One restart at a time: whoever began one may have died before it was over. */
  let restarted = Promise.resolve()
  function restart(whileDown: () => void = () => undefined): Promise<void> {
    restarted = restarted.then(async () => {
      await running.store.close()
      whileDown()
      running = await run()
    })
    return restarted
  }

  return {
    fetch: async (request: Request) => running.app.fetch(request),
    issueSetup: () => running.deps.setup.issue(now()),
    store: () => running.store,
    restart: () => restart(),
    isUp: () => restarted,
    backup: async (): Promise<string> => {
      const copy = makeFolder()
      copies.push(copy)
      await restart(() => cpSync(folder, copy, { recursive: true }))
      return copy
    },
    restore: (copy: string) =>
      restart(() => {
        rmSync(folder, { recursive: true })
        cpSync(copy, folder, { recursive: true })
      }),
    /** Closes the store and leaves the folder, as a template for others. */
    leave: async (): Promise<string> => {
      await running.store.close()
      return folder
    },
    stop: async () => {
      await running.store.close()
      for (const path of [folder, ...copies]) rmSync(path, { recursive: true })
    },
  }
}
export type Host = Awaited<ReturnType<typeof createHost>>
