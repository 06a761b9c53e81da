import { execFile, spawn } from 'node:child_process'
import { existsSync, renameSync } from 'node:fs'
import { promisify } from 'node:util'
import pg from 'pg'
import { fail, ok, type Result } from '../../core/result.ts'
import { type BackupContent, type BackupFailure, flush, type LogEnd } from './backup.ts'
import { readDump } from './readDump.ts'

const run = promisify(execFile)
const wordsOf = (error: unknown) => (error instanceof Error ? error.message : '')

/** Runs one of PostgreSQL's own programs. */
async function runProgram(program: string, args: string[]): Promise<Result<undefined, BackupFailure>> {
  try {
    await run(program, args)
    return ok(undefined)
  } catch (error) {
    return fail({ kind: 'failed', detail: `${program}: ${wordsOf(error)}` })
  }
}

async function withClient<T>(
  url: string,
  work: (client: pg.Client) => Promise<Result<T, BackupFailure>>,
): Promise<Result<T, BackupFailure>> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    return await work(client)
  } catch (error) {
    return fail({ kind: 'unreachable', detail: wordsOf(error) })
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** [S5] Says in the live database, for every device to hear, through which number the verified copy holds each log. */
async function noteBackup(url: string, ends: LogEnd[]): Promise<Result<undefined, BackupFailure>> {
  const noted = await withClient(url, async (client) => {
    for (const { space, epoch, head } of ends)
      await client.query('update spaces set backed = $1 where space = $2 and epoch = $3 and backed < $1', [
        head,
        space,
        epoch,
      ])
    return ok(undefined)
  })
  return noted.ok ? noted : fail({ kind: 'notNoted', detail: noted.failure.detail })
}

/** Reads a copy back: the whole file can be read, the numbers of every log are gapless and its chain holds. */
async function readBack(path: string): Promise<Result<BackupContent, BackupFailure>> {
  const read = await runProgram('pg_restore', ['--file=/dev/null', path])
  const dump = read.ok ? await readDump(path) : undefined
  if (!dump) return fail({ kind: 'damaged', detail: path })
  const { ends } = dump
  return ok({ spaces: ends.length, ops: ends.reduce((sum, { head }) => sum + head, 0), ...dump })
}

/** A backup while servers work, read through once before it gets its name. */
export async function backUpPostgres(url: string, path: string): Promise<Result<BackupContent, BackupFailure>> {
  if (existsSync(path)) return fail({ kind: 'exists', detail: path })
  const unfinished = `${path}.unfinished`
  const dumped = await runProgram('pg_dump', ['--format=custom', '--no-owner', `--file=${unfinished}`, url])
  if (!dumped.ok) return dumped
  const content = await readBack(unfinished)
  if (!content.ok) return content
  flush(unfinished)
  renameSync(unfinished, path)
  const noted = await noteBackup(url, content.value.ends)
  return noted.ok ? content : noted
}

/** [S7] As `renewEpochs` in backup.ts does it, in SQL: a crash must not leave a restored log under its old epoch. */
const renewEpochs = `
reset search_path;
update spaces set backed = head,
  epoch = translate(rtrim(encode(uuid_send(gen_random_uuid()), 'base64'), '='), '+/', '-_');
commit;
`

/**
 * Puts a backup in the place of a database that no server uses, with new epochs, in one transaction: what ends early,
 * ours or PostgreSQL's, never reaches the commit.
 */
export async function restorePostgres(url: string, path: string): Promise<Result<BackupContent, BackupFailure>> {
  const content = await readBack(path)
  if (!content.ok) return content
  const script = spawn('pg_restore', ['--clean', '--if-exists', '--no-owner', '--file=-', path])
  const psql = spawn('psql', ['--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1', `--dbname=${url}`], {
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let complaint = ''
  psql.stderr.on('data', (part) => {
    complaint += part
  })
  const ended = new Promise<number | string>((resolve) => {
    psql.on('error', (error) => resolve(error.message))
    psql.on('close', (code) => resolve(code ?? 'killed'))
  })
  /** It may end before it has read everything; its exit code tells. */
  psql.stdin.on('error', () => undefined)
  psql.stdin.write('begin;\n')
  script.stdout.pipe(psql.stdin, { end: false })
  script.on('error', () => psql.kill('SIGKILL'))
  script.on('close', (code) => (code === 0 ? psql.stdin.end(renewEpochs) : psql.kill('SIGKILL')))
  const code = await ended
  return code === 0 ? content : fail({ kind: 'failed', detail: `psql: ${complaint.trim() || code}` })
}
