import { toBase64Url } from '../../core/bytes.ts'
import { sha256 } from '../../core/sha256.ts'
import { type EnrolRequest, enrolMessage } from '../../protocol/enrol.ts'
import type { DeviceRow } from '../db/schema.ts'

/** A device's id: the first 128 bits of the SHA-256 of its public key, so that nobody else can claim it. */
export function deviceId(publicPoint: Uint8Array): string {
  return toBase64Url(sha256(publicPoint).subarray(0, 16))
}

/** Makes a P-256 key that cannot leave this browser (ES256: Ed25519 is missing on older phones). */
export async function makeDevice(name: string, holder: string): Promise<DeviceRow> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  return {
    key: 'device',
    dev: deviceId(point),
    publicKey: toBase64Url(point),
    privateKey: pair.privateKey,
    name,
    holder,
  }
}

/** An ES256 signature as 64 raw bytes, base64url. */
export async function sign(device: DeviceRow, message: Uint8Array): Promise<string> {
  const signature = await crypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-256' },
    device.privateKey,
    new Uint8Array(message),
  )
  return toBase64Url(new Uint8Array(signature))
}

/** What a device says of itself to the server, with the proof that it holds its key. */
export async function toEnrolRequest(device: DeviceRow): Promise<EnrolRequest> {
  const { publicKey, name } = device
  return { publicKey, name, proof: await sign(device, enrolMessage(publicKey)) }
}
