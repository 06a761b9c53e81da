import { deflateSync, inflateSync } from 'fflate'
import { mayWrite } from '../../core/access.ts'
import { fromBase64Url } from '../../core/bytes.ts'
import { certificateMessage } from '../../core/certificate.ts'
import { createCollector } from '../../core/frames.ts'
import { decodeBody } from '../../core/op.ts'
import {
  decodeReceipt,
  encodeReceipt,
  type Inflate,
  type Receipt,
  type ReceiptCodes,
  readReceiptCode,
  receiptCodes,
} from '../../core/receipt.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { firstPushOps } from '../../protocol/limits.ts'
import type { PushRequest } from '../../protocol/push.ts'
import { addCarried } from '../db/carried.ts'
import { readDevice } from '../db/meta.ts'
import { outboxRows, rowBefore } from '../db/outbox.ts'
import type { Database, DeviceRow, OutboxRow } from '../db/schema.ts'
import { sentAbove } from '../db/sent.ts'
import { readSpace } from '../db/spaces.ts'
import { lastLink, toCarried } from './carry.ts'
import { deviceId, isSignedBy } from './deviceKey.ts'
import type { ReceiptFailure, ReceiptParts, ReceiptProblem, ReceiptReading, Receipts } from './receipts.ts'
import { nextBatch, sealBatch } from './seal.ts'

const deflate = (bytes: Uint8Array) => deflateSync(bytes, { level: 9 })

/** fflate never makes a given buffer larger: one that is full held more than it may. */
const inflate: Inflate = (bytes, maxBytes) => {
  try {
    const inflated = inflateSync(bytes, { out: new Uint8Array(maxBytes) })
    return inflated.length < maxBytes ? inflated.slice() : undefined
  } catch {
    return undefined
  }
}

const isAttendance = (row: OutboxRow) =>
  decodeBody(row.body)?.changes.some((change) => change.type === 'add' && change.kind === 'attendance') ?? false

/** What is not yet sent, or else the last attendance that was: a receipt is also asked for afterwards. */
async function batchToShow(db: Database, device: DeviceRow, space: string): Promise<OutboxRow[]> {
  const own = (rows: OutboxRow[]) => rows.filter(({ dev }) => dev === device.dev)
  const unsent = nextBatch(own(await outboxRows(db, space, 'local', firstPushOps)))
  if (unsent.length > 0) return unsent
  return own(await sentAbove(db, space, 0))
    .filter(isAttendance)
    .slice(-1)
}

/** The codes of a batch: sealed anew when it was sent long ago, it has the same links and its author's seal again. */
async function makeReceipt(
  db: Database,
  device: DeviceRow,
  space: string,
): Promise<Result<ReceiptCodes, ReceiptFailure>> {
  const held = (await readSpace(db, space))?.attendee
  const batch = await batchToShow(db, device, space)
  const first = batch[0]
  if (!first || !held) return fail({ kind: 'nothing' as const })
  const { request } = await sealBatch(device, batch, await rowBefore(db, first))
  const { v, previous, signature, ops } = request
  const certificate = { space, publicKey: device.publicKey, owner: held.owner, signature: held.certificate }
  const codes = receiptCodes(encodeReceipt({ certificate, v, previous, signature, ops }, deflate))
  return codes ? ok(codes) : fail({ kind: 'tooLong' as const })
}

/** Checks everything that can be checked without a network; `issuer`: the server's public key, once it was told. */
async function check(receipt: Receipt, issuer: string | undefined): Promise<ReceiptReading> {
  const refuse = (why: ReceiptProblem): ReceiptReading => ({ state: 'refused', why })
  const { certificate, v, previous, signature, ops } = receipt
  const { space, publicKey, owner } = certificate
  const request: PushRequest = {
    v,
    dev: deviceId(fromBase64Url(publicKey) ?? new Uint8Array()),
    previous,
    signature,
    ops,
    certificate: { publicKey, owner, signature: certificate.signature },
  }
  if (!(await isSignedBy(publicKey, lastLink(space, request), signature))) return refuse('forged')
  const certified = issuer && (await isSignedBy(issuer, certificateMessage(certificate), certificate.signature))
  if (issuer && !certified) return refuse('forged')
  const bodies = ops.flatMap(([, , , body]) => decodeBody(body) ?? [])
  if (bodies.length < ops.length) return refuse('damaged')
  if (!bodies.every((body) => mayWrite('attendee', body, { owner }))) return refuse('notAllowed')
  const found = { space, dev: request.dev, publicKey, isCertified: Boolean(certified), bodies, request }
  return { state: 'whole', receipt: found }
}

/** Reads scanned texts, one after the other; frames of a sequence are kept until they make a whole. */
function createReader(issuer: () => string | undefined): (text: string) => Promise<ReceiptReading> {
  const collect = createCollector()
  return async (text) => {
    const frame = readReceiptCode(text)
    const collected = frame && collect(frame)
    if (!collected) return { state: 'refused', why: 'damaged' }
    if (collected.state === 'more') return collected
    const receipt = decodeReceipt(collected.message, inflate)
    return receipt ? check(receipt, issuer()) : { state: 'refused', why: 'damaged' }
  }
}

/** Receipts of this device, and those of others that it reads and carries. */
export function createReceipts({ db, device, issuer, wall, onTaken }: ReceiptParts): Receipts {
  return {
    make: async (space) => makeReceipt(db, (await readDevice(db)) ?? device(), space),
    read: createReader(issuer),
    take: async ({ space, request, publicKey }) => {
      await addCarried(db, [toCarried(space, request, { from: 'receipt', takenAt: wall(), publicKey })])
      onTaken()
    },
  }
}
