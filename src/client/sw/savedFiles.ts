/**
 * Files of materials that the page has saved, in parts (device/savedFiles.ts): their cache, and where they are asked
 * for.
 */
const cacheName = 'materi'
const folder = '/tersimpan/'
const partBytes = 512 * 1024

/** Another file's script, were there one in it, runs nowhere. */
const harmless = {
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'X-Content-Type-Options': 'nosniff',
  'Accept-Ranges': 'bytes',
}

export const isSavedFile = ({ url }: { url: URL }) => url.pathname.startsWith(folder)

/** First and last byte of a range; `undefined` when the file has none of it. No range is all of the file. */
function rangeOf(header: string | null, sizeBytes: number): [first: number, last: number] | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (from === '') return [to === '' ? 0 : Math.max(0, sizeBytes - Number(to)), sizeBytes - 1]
  const last = Math.min(to === '' ? sizeBytes - 1 : Number(to), sizeBytes - 1)
  return Number(from) <= last ? [Number(from), last] : undefined
}

/** The bytes of a range, a part at a time as they are wanted: a long video is never in memory. */
function bytesOf(cache: Cache, path: string, first: number, last: number): ReadableStream<Uint8Array> {
  let at = first
  return new ReadableStream({
    async pull(controller) {
      const index = Math.floor(at / partBytes)
      const part = await cache.match(`${path}/${index}`)
      if (!part) return controller.error(new Error('A part of a saved file is gone'))
      const start = index * partBytes
      const bytes = new Uint8Array(await part.arrayBuffer()).subarray(at - start, last + 1 - start)
      controller.enqueue(bytes)
      at += bytes.length
      if (at > last) controller.close()
    },
  })
}

/**
 * A saved file, or the part of it that was asked for: Safari plays nothing that it cannot ask for in parts, and begins
 * with the first two bytes. Nothing but whole files answers.
 */
export async function answerSavedFile({ request, url }: { request: Request; url: URL }): Promise<Response> {
  const cache = await caches.open(cacheName)
  const label = await (await cache.match(url.pathname))?.json().catch(() => undefined)
  if (!label?.isWhole) return new Response('', { status: 404 })
  const { sizeBytes, type } = label
  const header = request.headers.get('Range')
  const range = rangeOf(header, sizeBytes)
  if (!range) return new Response('', { status: 416, headers: { 'Content-Range': `bytes */${sizeBytes}` } })
  const [first, last] = range
  const headers: Record<string, string> = { ...harmless, 'Content-Type': type, 'Content-Length': `${last + 1 - first}` }
  if (header !== null) headers['Content-Range'] = `bytes ${first}-${last}/${sizeBytes}`
  const status = header === null ? 200 : 206
  return new Response(bytesOf(cache, url.pathname, first, last), { status, headers })
}
