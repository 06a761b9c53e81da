import { isIos, readHost } from './hosting.ts'
import { canSaveFiles } from './savedFiles.ts'

/** Whether the system's share sheet takes this file. */
export function canShareFile(file: File): boolean {
  return navigator.canShare?.({ files: [file] }) ?? false
}

/**
 * `closed`: the person closed the share sheet. `needsTap`: the browser shares only right after a tap, and making the
 * file took longer than that; the next tap will do. Where it failed for another reason, the next tap shows that.
 */
export type ShareOutcome = 'shared' | 'closed' | 'needsTap'

/** Opens the share sheet; never throws. */
export async function shareFile(file: File): Promise<ShareOutcome> {
  try {
    await navigator.share({ files: [file], title: file.name })
    return 'shared'
  } catch (error) {
    return error instanceof Error && error.name === 'AbortError' ? 'closed' : 'needsTap'
  }
}

/** Whether a link may download a file by its address. What can be kept is kept first on iOS, for the reason below. */
export function mayDownload(): boolean {
  return !isIos() || !(canSaveFiles() || readHost().installed)
}

/** Long enough for a slow phone to have begun to read. */
const keepLinkMs = 60_000

/**
 * Whether a file is saved through the share sheet, as on iOS, where that has "Save to Files": an app on its home screen
 * opens a downloaded file in place of itself, without a way back (platform.md 4.3).
 */
export const savesByShare = (file: File): boolean => isIos() && canShareFile(file)

/** Gives a file to the device. */
export async function saveFile(file: File): Promise<ShareOutcome | 'saved'> {
  if (savesByShare(file)) return shareFile(file)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = file.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), keepLinkMs)
  return 'saved'
}
