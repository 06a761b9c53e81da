import { createHash, randomBytes } from 'node:crypto'
import { strToU8, zipSync } from 'fflate'
import { setEvent } from '../../src/core/event.ts'
import { type Material, setMaterial } from '../../src/core/material.ts'
import type { Change } from '../../src/core/op.ts'
import { type Browser, makeBody, makePush, type TestDevice } from './server.ts'

export const hashOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('base64url')

const office = 'application/vnd.openxmlformats-officedocument'
export const docxType = `${office}.wordprocessingml.document`

/** Bytes of chance behind the beginning of an MP4. */
export function makeVideo(sizeBytes: number): Uint8Array {
  const content = Uint8Array.from(randomBytes(sizeBytes))
  content.set([0, 0, 0, 24, ...Buffer.from('ftypisom')])
  return content
}

export const makePdf = (inside = ''): Uint8Array => Buffer.from(`%PDF-1.7\n${inside}\n%%EOF`)

/** A zip as Office writes it, with this as its main part. */
export function makeOffice(
  part = 'wordprocessingml.document.main+xml',
  more: Record<string, Uint8Array> = {},
): Uint8Array {
  const list = `<Types><Override PartName="/word/document.xml" ContentType="${office}.${part}"/></Types>`
  return zipSync({ 'word/document.xml': strToU8('<w:document/>'), '[Content_Types].xml': strToU8(list), ...more })
}

export const filesUrl = (space: string) => `/api/v1/spaces/${space}/files`

/** Begins an upload, or asks where it stands. */
export function begin(
  browser: Browser,
  space: string,
  content: Uint8Array,
  more: { type?: string; hash?: string } = {},
) {
  const { type = 'video/mp4', hash = hashOf(content) } = more
  return browser.post(filesUrl(space), { hash, sizeBytes: content.length, type })
}

export function sendChunk(browser: Browser, space: string, hash: string, offset: number, bytes: Uint8Array) {
  return browser.send(`${filesUrl(space)}/${hash}?offset=${offset}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  })
}

/** Sends a content to its end; the last answer. */
export async function sendWhole(
  browser: Browser,
  space: string,
  content: Uint8Array,
  { type = 'video/mp4', hash = hashOf(content), chunkBytes = 524_288 } = {},
): Promise<Response> {
  let answer = await begin(browser, space, content, { type, hash })
  for (;;) {
    if (!answer.ok) return answer
    const { offset, complete } = await answer.clone().json()
    if (complete) return answer
    answer = await sendChunk(browser, space, hash, offset, content.subarray(offset, offset + chunkBytes))
  }
}

/** Puts changes into a space's log as this device, whose next number is counted here. */
export function createWriter(browser: Browser, device: TestDevice) {
  const next = new Map<string, { n: number; last: Uint8Array }>()
  return async (space: string, changes: Change[]): Promise<void> => {
    const { n, last } = next.get(space) ?? { n: 1, last: new Uint8Array(32) }
    const push = makePush(device, space, [[n, 1000 + n, 1000 + n, makeBody(changes)]], last)
    const answer = await browser.post(`/api/v1/spaces/${space}/push`, push.request)
    const { results } = await answer.json()
    if (results?.[0]?.state !== 'committed') throw new Error(`not written: ${JSON.stringify(results)}`)
    next.set(space, { n: n + 1, last: push.last })
  }
}

/** An event, so that its space is there. */
export const anEvent = (space: string): Change => setEvent(space, { title: 'Sosialisasi', zone: 'WIB' })

/** A material for everyone that names a content. */
export function naming(id: string, file: string, more: Partial<Material> = {}): Change {
  return setMaterial(id, { title: 'Paparan', form: 'file', file, audience: 'everyone', ...more })
}
