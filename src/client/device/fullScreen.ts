/** Fills the screen, right after a tap only; browsers without it (iPhone) go on as they are. */
export async function fillScreen(): Promise<void> {
  try {
    if (!document.fullscreenElement) await document.documentElement.requestFullscreen?.({ navigationUI: 'hide' })
  } catch {
    return
  }
}

export async function leaveFullScreen(): Promise<void> {
  try {
    if (document.fullscreenElement) await document.exitFullscreen()
  } catch {
    return
  }
}

/**
 * Makes the back button stay on this page until the returned function is called. A browser that leaves all the same (a
 * page that nobody has touched yet) finds the page as it was when it comes back.
 */
export function holdBack(): () => void {
  const stay = () => history.pushState(null, '', location.href)
  stay()
  addEventListener('popstate', stay)
  return () => removeEventListener('popstate', stay)
}
