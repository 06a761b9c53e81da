export function canShare(): boolean {
  return 'share' in navigator
}

/** Opens the system's share sheet; a person who closes it has changed their mind, which is no failure. */
export async function shareLink(link: { title: string; text: string; url: string }): Promise<void> {
  try {
    await navigator.share(link)
  } catch {
    return
  }
}

/** Says whether the clipboard took the text: browsers refuse without a secure page or a person's tap. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
