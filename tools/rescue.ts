/**
 * `npm run rescue -- FILE`: takes a rescue file into the server's database, while the server runs or not. It takes the
 * settings of the server: `DATABASE_URL`, or `HADIR_DATA`. The same file again changes nothing.
 */
import { readFileSync, statSync } from 'node:fs'
import { maxRescueFileBytes } from '../src/protocol/limits.ts'
import { readConfig } from '../src/server/config.ts'
import { databaseSentences } from '../src/server/explain.ts'
import { type DeviceReport, importRescue, type RescueFailure, type RescueReport } from '../src/server/rescue.ts'
import { openPostgres } from '../src/server/store/postgres.ts'
import { openSqliteBeside } from '../src/server/store/sqlite.ts'
import type { StoreFailure } from '../src/server/store/store.ts'

/** What comes beside the database is the server's user's alone, as the database is. */
process.umask(0o077)

type Failure = RescueFailure | { kind: StoreFailure['kind'] | 'noDatabase' | 'badSetting' | 'noFile'; detail: string }

const sentences: Record<Failure['kind'], (detail: string) => string> = {
  ...databaseSentences,
  noFile: () => 'there is no such file, or it cannot be read. Correct its name or its rights.',
  foreign: () => 'this is not a rescue file of Hadir. Choose another.',
  damaged: () => 'the file is damaged or incomplete. Have it saved and passed on again from its device.',
  newer: () => 'a newer version of Hadir made this file. Update the server first.',
  otherServer: () => 'it comes from another server: none of its events and devices is known here. Take it there.',
  badSetting: (detail) => `${detail}.`,
  noDatabase: (folder) => `there is no database in ${folder}. Set HADIR_DATA to the server's folder, or DATABASE_URL.`,
  inUse: (folder) => `a restore or another import is at work in ${folder}. Try again when it is done.`,
}

const reasons: Record<string, string> = {
  unreadable: 'cannot be read',
  notAllowed: 'not allowed to its device',
  tooLarge: 'too large',
  badSeal: 'the seal does not fit',
  unknownDevice: 'this server does not know its device; let that device join again and send by itself',
  notInEvent: 'its device has no access to the event',
  unknownEvent: 'the event is not on this server, and its device may not make it',
  altered: 'altered since it was saved',
  tooMany: 'too much of its device waits in quarantine already',
  forked: 'its device holds something else under this number; send from that device',
}

const total = (counts: Map<string, number>) => [...counts.values()].reduce((sum, count) => sum + count, 0)

function withReasons(word: string, counts: Map<string, number>): string {
  const named = [...counts].map(([reason, count]) => `${count} ${reasons[reason] ?? reason}`).join('; ')
  return `${word} ${total(counts)}${named && ` (${named})`}`
}

function tellDevice({ dev, name, committed, known, parked, refused }: DeviceReport): string {
  const taken = `committed ${committed}, known ${known}`
  return `${dev} (${name ?? 'unknown'}): ${taken}, ${withReasons('parked', parked)}, ${withReasons('refused', refused)}`
}

function tell({ devices, lost }: RescueReport): string[] {
  const { committed, known, refused } = lost
  const lines = devices.map(tellDevice)
  if (committed + known + refused > 0)
    lines.push(`lost from the log: brought back ${committed}, known ${known}, refused ${refused}`)
  return lines
}

const refusedIn = ({ devices, lost }: RescueReport) =>
  devices.reduce((sum, { refused }) => sum + total(refused), lost.refused)

function readText(path: string): string | undefined {
  try {
    return statSync(path).size > maxRescueFileBytes ? '' : readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

async function work(path: string) {
  const config = readConfig(process.env, [])
  if (!config.ok) return config
  const text = readText(path)
  if (text === undefined) return { ok: false, failure: { kind: 'noFile', detail: path } } as const
  const { databaseUrl, dataFolder } = config.value
  const opened = databaseUrl ? await openPostgres(databaseUrl) : await openSqliteBeside(dataFolder)
  if (!opened.ok) return opened
  try {
    return await importRescue({ store: opened.value, now: Date.now }, text)
  } finally {
    await opened.value.close()
  }
}

const [path] = process.argv.slice(2)
const result = path === undefined ? undefined : await work(path)
if (!result) console.error('npm run rescue -- FILE')
else if (result.ok) console.log(tell(result.value).join('\n'))
else {
  const { failure } = result
  console.error(`rescue ${path}: ${sentences[failure.kind]('detail' in failure ? failure.detail : '')}`)
}
if (!result?.ok || refusedIn(result.value) > 0) process.exitCode = 1
