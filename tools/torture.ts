/**
 * The faults of test/torture at their full size, on the real server, SQLite, PostgreSQL and Chromium; prints what each
 * part counted and fails when anything acknowledged is missing or there twice. `npm run torture`, or `npm run torture -- --part kill`.
 */
import { parseArgs } from 'node:util'
import { startPostgres } from '../test/support/postgres.ts'
import { temporaryFolder } from '../test/support/server.ts'
import { type Counts, printCounts } from '../test/torture/counts.ts'
import { whyNoDisk } from '../test/torture/disk.ts'
import { fillPhones } from '../test/torture/fullDisk.ts'
import { killBrowser } from '../test/torture/killBrowser.ts'
import { killServer } from '../test/torture/killServer.ts'
import { cutPower } from '../test/torture/powerCut.ts'
import { restoreBackup } from '../test/torture/restore.ts'
import { scanAllDay } from '../test/torture/scan.ts'
import { shareDatabase } from '../test/torture/servers.ts'
import { killUpdate } from '../test/torture/update.ts'
import { uploadVideo } from '../test/torture/uploadVideo.ts'

const postgres = startPostgres()
/** Also after Ctrl-C nothing keeps running: each site ends its server when this process ends. */
process.once('exit', postgres.stop)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const onSqlite = async () => ({ HADIR_DATA: temporaryFolder() })
const onPostgres = async () => ({ DATABASE_URL: await postgres.newDatabase() })

type Run = { part: string; title: string; whyNot?: () => Promise<string | undefined>; run: () => Promise<Counts> }
const runs: Run[] = [
  { part: 'kill', title: 'kill, SQLite', run: async () => killServer(await onSqlite(), 200) },
  { part: 'kill', title: 'kill, PostgreSQL', run: async () => killServer(await onPostgres(), 200) },
  { part: 'browser', title: 'browser', run: () => killBrowser(50, 10) },
  { part: 'power', title: 'power cut', whyNot: whyNoDisk, run: () => cutPower(10) },
  { part: 'full', title: 'full disk', whyNot: whyNoDisk, run: () => fillPhones(12) },
  { part: 'restore', title: 'restore, SQLite', run: () => restoreBackup(onSqlite, 500) },
  { part: 'restore', title: 'restore, PostgreSQL', run: () => restoreBackup(onPostgres, 500) },
  { part: 'scan', title: 'scan', run: () => scanAllDay(1000) },
  { part: 'upload', title: 'upload', run: () => uploadVideo(314_572_800, 20) },
  { part: 'update', title: 'update, SQLite', run: () => killUpdate(postgres.newDatabase, 'SQLite') },
  { part: 'update', title: 'update, PostgreSQL', run: () => killUpdate(postgres.newDatabase, 'PostgreSQL') },
  { part: 'servers', title: 'servers', run: async () => shareDatabase(await postgres.newDatabase(), 200) },
]

const { part } = parseArgs({ options: { part: { type: 'string' } } }).values
const chosen = runs.filter((run) => part === undefined || run.part === part)
if (chosen.length === 0) console.error(`--part is one of ${[...new Set(runs.map((run) => run.part))].join(', ')}`)

let wrong = 0
for (const { title, whyNot, run } of chosen) {
  const reason = await whyNot?.()
  if (reason) {
    console.warn(`${title}: LEFT OUT on this machine (${reason}); by hand: test/README.md`)
    continue
  }
  const counts = await run()
  printCounts(title, counts)
  wrong += counts.lost + (counts.doubled ?? 0)
}
if (wrong > 0 || chosen.length === 0) process.exitCode = 1
