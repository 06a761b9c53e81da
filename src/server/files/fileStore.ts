/** A content on its way into a space. */
export type Part = { space: string; hash: string }

/**
 * Where the bytes of materials lie: each content once, under its SHA-256, and beside it what is on its way. Two
 * adapters, one contract (test/server/fileStore.test.ts). Ids and hashes were parsed; a full disk throws with the code
 * `ENOSPC`.
 */
export type FileStore = {
  /** Writes a chunk of a part at its place; resolves once it would outlive a power cut. Again is the same. */
  writeChunk(part: Part, offset: number, bytes: Uint8Array): Promise<void>
  /** The bytes of a part from its beginning, `sizeBytes` of them; throws where it has fewer. */
  readPart(part: Part, sizeBytes: number): AsyncIterable<Uint8Array>
  /** Some bytes of a part. */
  readOfPart(part: Part, from: number, to: number): Promise<Uint8Array>
  /** How many bytes of a part lie here without a gap. */
  sizeOfPart(part: Part): Promise<number>
  /** Makes a whole, verified part the content of its hash; whoever reads sees all of it or nothing. */
  finish(part: Part, content: { sizeBytes: number; type: string }): Promise<void>
  dropPart(part: Part): Promise<void>
  listParts(): Promise<Part[]>

  /** The size of a content, `undefined` where it is not. */
  sizeOf(hash: string): Promise<number | undefined>
  /** The bytes from `from` up to `to`, as they come. */
  read(hash: string, from: number, to: number): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>
  remove(hash: string): Promise<void>
  list(): Promise<string[]>
  /** Room for more, in bytes; `undefined` where nobody can say. */
  freeBytes(): Promise<number | undefined>
}
