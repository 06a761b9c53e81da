import { deflateSync, inflateSync } from 'fflate'
import { mayWrite } from '../../core/access.ts'
import { fromBase64Url } from '../../core/bytes.ts'
import { certificateMessage } from '../../core/certificate.ts'
import { createCollector } from '../../core/frames.ts'
import { type Body, decodeBody } from '../../core/op.ts'
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
import type { PushRequest } from '../../protocol/push.ts'
import { addCarried } from '../db/carried.ts'
import { outboxRows, rowBefore } from '../db/outbox.ts'
import type { Database, DeviceRow, OutboxRow } from '../db/schema.ts'
import { isSealedBy, lastLink, toCarried } from './carry.ts'
import { deviceId } from './deviceKey.ts'
import { nextBatch, sealBatch } from './seal.ts'

/** The server's word for this device in a space: the owner's prefix and the signature (core/certificate.ts). */
export type HeldCertificate = { owner: string; signature: string }

/** `nothing`: this device has recorded nothing there; `tooLong`: a rescue file carries it instead. */
export type ReceiptFailure = { kind: 'nothing' | 'tooLong' }

/** Another device's receipt whose seal holds. */
export type FoundReceipt = {
  space: string
  dev: string
  publicKey: string
  /** Without the server's key its word for the author could not be checked; the server will judge. */
  isCertified: boolean
  bodies: Body[]
  request: PushRequest
}

/** Why a receipt is not taken. `notAllowed`: it holds a change that no attendee may make. */
export type ReceiptProblem = 'damaged' | 'forged' | 'notAllowed'

export type ReceiptReading =
  | { state: 'more'; held: number; count: number }
  | { state: 'refused'; why: ReceiptProblem }
  | { state: 'whole'; receipt: FoundReceipt }

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
  const unsent = nextBatch(own(await outboxRows(db, space, 'local')))
  if (unsent.length > 0) return unsent
  return own(await outboxRows(db, space, 'sent'))
    .filter(isAttendance)
    .slice(-1)
}

/** The codes that this device shows, so that another phone carries what it recorded, sent or not ([S13]). */
export async function makeReceipt(
  db: Database,
  device: DeviceRow,
  space: string,
  held: HeldCertificate,
): Promise<Result<ReceiptCodes, ReceiptFailure>> {
  const batch = await batchToShow(db, device, space)
  const first = batch[0]
  if (!first) return fail({ kind: 'nothing' as const })
  const { request } = await sealBatch(device, batch, await rowBefore(db, first))
  const { v, previous, signature, ops } = request
  const certificate = { space, publicKey: device.publicKey, ...held }
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
  }
  if (!(await isSealedBy(publicKey, lastLink(space, request), signature))) return refuse('forged')
  const certified = issuer && (await isSealedBy(issuer, certificateMessage(certificate), certificate.signature))
  if (issuer && !certified) return refuse('forged')
  const bodies = ops.flatMap(([, , , body]) => decodeBody(body) ?? [])
  if (bodies.length < ops.length) return refuse('damaged')
  if (!bodies.every((body) => mayWrite('attendee', body, owner))) return refuse('notAllowed')
  const found = { space, dev: request.dev, publicKey, isCertified: Boolean(certified), bodies, request }
  return { state: 'whole', receipt: found }
}

/** Reads scanned texts, one after the other; frames of a sequence are kept until they make a whole. */
export function createReceiptReader(issuer: () => string | undefined): (text: string) => Promise<ReceiptReading> {
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

/** Carries a receipt from now on: it is on the disk when this resolves, and in the event's lists at once. */
export async function takeReceipt(db: Database, receipt: FoundReceipt, takenAt: number): Promise<void> {
  const { space, request, publicKey } = receipt
  await addCarried(db, [toCarried(space, request, { from: 'receipt', takenAt, publicKey })])
}
