/**
 * The floor beneath test/bench/hotEvent.ts: what a careful engineer would write by hand for one hot event, without our
 * modules and into our tables. A push is unzipped, its device and grant are looked up, its seal is checked, its ops are
 * hashed into both chains, and it is answered after a commit that it shares with others. Left out: what honest phones
 * do not need that send once (repeated, parked, forked and bounded ops, roles, limits, headers, logs), and every other
 * endpoint. A process: `node test/bench/serverByHand.ts FOLDER_OR_URL`.
 */
import { createHash, createPublicKey, verify } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import * as v from 'valibot'

type Author = { dev: string; point: string }
type Push = { space: string; dev: string; previous: string; signature: string; ops: Op[]; received: number }
type Op = { n: number; wall: number; at: number; body: string; bodyHash: Buffer; link: Buffer }
type Row = (string | number | Buffer)[]
type End = { head: number; chain: string }
type Place = {
  find(credential: string, space: string): Promise<Author | undefined>
  /** One transaction on the end of a space's log; `work` gives the rows of `ops` and `seals` and where it ends then. */
  commit(space: string, work: (end: End) => { ops: Row[]; seals: Row[]; end: End }): Promise<void>
}

const Request = v.object({
  dev: v.string(),
  previous: v.string(),
  signature: v.string(),
  ops: v.array(v.tuple([v.number(), v.number(), v.number(), v.string()])),
})

const find = `select dev, point from devices join grants on grants.subject = 'device:' || dev where credential = $1
  and grants.space = $2 and grants.revoked is null and devices.revoked is null`
const opColumns = ['space', 'seq', 'dev', 'n', 'v', 'wall', 'claimed', 'at', 'received', 'link', 'chain', 'body']
const opTypes = ['text', 'int8', 'text', 'int8', 'int8', 'int8', 'int8', 'int8', 'int8', 'text', 'text', 'bytea']
const sealColumns = ['space', 'dev', 'first', 'last', 'previous', 'signature', 'received']
const sealTypes = ['text', 'text', 'int8', 'int8', 'text', 'text', 'int8']

function openFile(folder: string): Place {
  const file = new Sqlite(join(folder, 'hadir.db'))
  file.pragma('synchronous = FULL')
  const prepare = (table: string, columns: string[]) =>
    file.prepare(`insert into ${table} (${columns}) values (${columns.map(() => '?')})`)
  const finding = file.prepare<[string, string], Author>(find.replace(/\$\d/g, '?'))
  const [addOp, addSeal] = [prepare('ops', opColumns), prepare('seals', sealColumns)]
  const readEnd = file.prepare<[string], End>('select head, chain from spaces where space = ?')
  const writeEnd = file.prepare('update spaces set head = ?, chain = ? where space = ?')
  return {
    find: async (credential, space) => finding.get(credential, space),
    commit: async (space, work) =>
      file
        .transaction(() => {
          const { ops, seals, end } = work(readEnd.get(space) ?? { head: 0, chain: '' })
          for (const row of ops) addOp.run(row)
          for (const row of seals) addSeal.run(row)
          writeEnd.run(end.head, end.chain, space)
        })
        .immediate(),
  }
}

function openDatabase(url: string): Place {
  const pool = new pg.Pool({ connectionString: url, max: 16 })
  const insert = (table: string, columns: string[], types: string[]) =>
    `insert into ${table} (${columns}) select * from unnest(${types.map((type, i) => `$${i + 1}::${type}[]`)})`
  const turned = (rows: Row[], columns: string[]) => columns.map((_, i) => rows.map((row) => row[i]))
  return {
    find: async (credential, space) =>
      (await pool.query<Author>({ name: 'find', text: find, values: [credential, space] })).rows[0],
    commit: async (space, work) => {
      const client = await pool.connect()
      await client.query('begin')
      const text = 'select head, chain from spaces where space = $1 for update'
      const [row] = (await client.query<{ head: string; chain: string }>({ name: 'end', text, values: [space] })).rows
      const { ops, seals, end } = work({ head: Number(row?.head), chain: row?.chain ?? '' })
      const values = turned(ops, opColumns)
      await client.query({ name: 'ops', text: insert('ops', opColumns, opTypes), values })
      const sealing = insert('seals', sealColumns, sealTypes)
      await client.query({ name: 'seals', text: sealing, values: turned(seals, sealColumns) })
      await client.query('update spaces set head = $1, chain = $2 where space = $3', [end.head, end.chain, space])
      await client.query('commit')
      client.release()
    },
  }
}

const hash = (...parts: (string | Buffer)[]) => {
  const whole = createHash('sha256')
  for (const part of parts) whole.update(part)
  return whole.digest()
}

/** The ops of a sealed push; `undefined` when the seal does not fit. */
function open(space: string, { dev, point }: Author, { previous, signature, ops }: v.InferOutput<typeof Request>) {
  let link = Buffer.from(previous, 'base64url')
  const linked = ops.map(([n, wall, at, body]): Op => {
    const bodyHash = hash(body)
    link = hash(link, JSON.stringify([1, space, dev, n, wall, at]), bodyHash)
    return { n, wall, at, body, bodyHash, link }
  })
  const bytes = Buffer.from(point, 'base64url')
  const [x, y] = [bytes.subarray(1, 33).toString('base64url'), bytes.subarray(33).toString('base64url')]
  const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  const sealed = verify('sha256', link, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))
  return sealed ? linked : undefined
}

/** The rows of many pushes behind the end of a log, and their numbers. */
function number(pushes: Push[], { head, chain }: End) {
  let [seq, last] = [head, Buffer.from(chain, 'base64url')]
  const ops = pushes.flatMap(({ space, dev, received, ops }) =>
    ops.map(({ n, wall, at: claimed, body, bodyHash, link }): Row => {
      const at = Math.min(claimed, received)
      seq += 1
      last = hash(last, JSON.stringify([seq, 1, dev, n, wall, at]), bodyHash)
      const links = [link.toString('base64url'), last.toString('base64url')]
      return [space, seq, dev, n, 1, wall, claimed, at, received, ...links, Buffer.from(body)]
    }),
  )
  const seals = pushes.map(({ space, dev, ops, previous, signature, received }): Row => {
    return [space, dev, ops[0]?.n ?? 0, ops.at(-1)?.n ?? 0, previous, signature, received]
  })
  return { ops, seals, end: { head: seq, chain: last.toString('base64url') } }
}

const place = process.argv[2] ?? ''
const { find: findAuthor, commit } = place.startsWith('postgres') ? openDatabase(place) : openFile(place)
const waiting: { push: Push; done: (rows: Row[]) => void }[] = []
let isBusy = false

/** Commits what waits, and then what has come meanwhile. */
async function drain(): Promise<void> {
  if (isBusy) return
  isBusy = true
  while (waiting.length > 0) {
    const round = waiting.splice(0, 400)
    let rows: Row[] = []
    const pushes = round.map(({ push }) => push)
    await commit(pushes[0]?.space ?? '', (end) => {
      const numbered = number(pushes, end)
      rows = numbered.ops
      return numbered
    })
    for (const { push, done } of round) done(rows.splice(0, push.ops.length))
  }
  isBusy = false
}

async function take(request: IncomingMessage): Promise<string | undefined> {
  const [, space = ''] = /^\/api\/v1\/spaces\/([\w-]{22})\/push$/.exec(request.url ?? '') ?? []
  const [, credential = ''] = /hadir_device=([\w-]+)/.exec(request.headers.cookie ?? '') ?? []
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  const author = await findAuthor(hash(credential).toString('base64url'), space)
  const message = v.parse(Request, JSON.parse(gunzipSync(Buffer.concat(parts)).toString()))
  const ops = author && open(space, author, message)
  if (!ops) return undefined
  const { dev, previous, signature } = message
  const push = { space, dev, previous, signature, ops, received: Date.now() }
  const rows = await new Promise<Row[]>((done) => {
    waiting.push({ push, done })
    setTimeout(() => void drain(), 4)
  })
  const results = rows.map(([, seq, , n, , , , at]) => ({ state: 'committed', n, seq, at }))
  return JSON.stringify({ now: Date.now(), results })
}

const server = createServer((request, response) => {
  take(request).then(
    (text) => response.writeHead(text ? 200 : 403, { 'Content-Type': 'application/json' }).end(text),
    () => response.writeHead(400).end(),
  )
})
server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () => {
  const address = server.address()
  console.log(`listens on http://127.0.0.1:${typeof address === 'object' && address ? address.port : ''}`)
})
