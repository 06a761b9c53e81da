import { fromBase64Url, toBase64Url } from '../../core/bytes.ts'
import { sha256 } from '../../core/sha256.ts'
import { type EnrolRequest, enrolMessage } from '../../protocol/enrol.ts'
import type { DeviceRow } from '../db/schema.ts'

/** A device's id: the first 128 bits of the SHA-256 of its public key, so that nobody else can claim it. */
export function deviceId(publicPoint: Uint8Array): string {
  return toBase64Url(sha256(publicPoint).subarray(0, 16))
}

/** Browsers keep WebCrypto from pages on plain http, as of a server in a hall without the internet. */
const hasWebCrypto = () => crypto.subtle !== undefined
const ecdsa = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

async function makeKey(): Promise<{ point: Uint8Array; privateKey: DeviceRow['privateKey'] }> {
  if (!hasWebCrypto()) {
    const { point, secret } = (await import('./softKey.ts')).makeSoftKey()
    return { point, privateKey: secret }
  }
  const pair = await crypto.subtle.generateKey(ecdsa, false, ['sign', 'verify'])
  return { point: new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)), privateKey: pair.privateKey }
}

/** Makes a P-256 key (ES256: Ed25519 is missing on older phones) that cannot leave this browser, but for plain http. */
export async function makeDevice(name: string, holder: string): Promise<DeviceRow> {
  const { point, privateKey } = await makeKey()
  return { key: 'device', dev: deviceId(point), publicKey: toBase64Url(point), privateKey, name, holder }
}

/** An ES256 signature as 64 raw bytes, base64url. */
export async function sign({ privateKey }: DeviceRow, message: Uint8Array): Promise<string> {
  if (privateKey instanceof Uint8Array)
    return toBase64Url((await import('./softKey.ts')).signSoftly(privateKey, message))
  return toBase64Url(new Uint8Array(await crypto.subtle.sign(ecdsa, privateKey, new Uint8Array(message))))
}

/** Whether the device with this key, a point in base64url, signed a message. */
export async function isSignedBy(publicKey: string, message: Uint8Array, signature: string): Promise<boolean> {
  const point = new Uint8Array(fromBase64Url(publicKey) ?? [])
  const made = new Uint8Array(fromBase64Url(signature) ?? [])
  try {
    if (!hasWebCrypto()) return (await import('./softKey.ts')).holdsSoftly(point, message, made)
    const key = await crypto.subtle.importKey('raw', point, ecdsa, false, ['verify'])
    return await crypto.subtle.verify(ecdsa, key, made, new Uint8Array(message))
  } catch {
    return false
  }
}

/** What a device says of itself to the server, with the proof that it holds its key. */
export async function toEnrolRequest(device: DeviceRow): Promise<EnrolRequest> {
  const { publicKey, name } = device
  return { publicKey, name, proof: await sign(device, enrolMessage(publicKey)) }
}
