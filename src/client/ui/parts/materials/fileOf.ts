import { fileTypes, isFileType } from '../../../../core/fileType.ts'

/** `Materi 1.pdf`: what another app is told of a file. */
export function fileOf(blob: Blob, { title, type }: { title: string; type: string }): File {
  const end = isFileType(type) ? `.${fileTypes[type]}` : ''
  return new File([blob], title.replace(/[\\/:*?"<>|]/g, ' ').trim() + end, { type })
}
