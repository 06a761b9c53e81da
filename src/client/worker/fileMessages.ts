import type { FileType } from '../../core/fileType.ts'

/** To the worker that reads a file: once, then it is ended. */
export type FileRequest = { file: Blob }

/**
 * From it: how much is read; what the content is (SHA-256, and what it can be by its bytes); or that it cannot be read.
 */
export type FileReport = { readBytes: number } | { hash: string; types: FileType[] } | { failed: string }
