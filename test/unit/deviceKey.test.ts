import { afterEach, describe, expect, test, vi } from 'vitest'
import { isSignedBy, makeDevice, sign } from '../../src/client/sync/deviceKey.ts'
import { utf8 } from '../../src/core/bytes.ts'
import { deviceId, isSealed } from '../../src/server/auth/keys.ts'

const message = utf8('contoh')

/** A page on plain http: its browser keeps WebCrypto's keys from it. */
function goToPlainHttp(): void {
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
}

afterEach(() => vi.unstubAllGlobals())

describe('a device', () => {
  test('has a key that not even its own page can read', async () => {
    const { privateKey } = await makeDevice('Ponsel', '')
    if (privateKey instanceof Uint8Array) throw new Error('not a key of WebCrypto')
    expect([privateKey.extractable, privateKey.usages]).toEqual([false, ['sign']])
    await expect(crypto.subtle.exportKey('pkcs8', privateKey)).rejects.toThrow()
    await expect(crypto.subtle.exportKey('jwk', privateKey)).rejects.toThrow()
  })
})

describe('a device on plain http', () => {
  test('has a key whose signatures the server and other devices accept', async () => {
    goToPlainHttp()
    const device = await makeDevice('Ponsel', '')
    const signature = await sign(device, message)
    expect(device.privateKey).toBeInstanceOf(Uint8Array)
    expect(device.dev).toBe(deviceId(device.publicKey))
    expect(isSealed(device.publicKey, message, signature)).toBe(true)
    expect(await isSignedBy(device.publicKey, message, signature)).toBe(true)
    expect(await isSignedBy(device.publicKey, utf8('lain'), signature)).toBe(false)
    vi.unstubAllGlobals()
    expect(await isSignedBy(device.publicKey, message, signature)).toBe(true)
  })

  test('accepts what others signed by WebCrypto, in either form', async () => {
    const others = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const device = await makeDevice('Ponsel lain', '')
        return { publicKey: device.publicKey, signature: await sign(device, message) }
      }),
    )
    goToPlainHttp()
    for (const { publicKey, signature } of others) expect(await isSignedBy(publicKey, message, signature)).toBe(true)
    expect(await isSignedBy('AAAA', message, 'AAAA')).toBe(false)
  })
})
