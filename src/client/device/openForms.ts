const tabKey = 'hadir.tab'

/** This tab, also after a reload of its page. */
function thisTab(): string {
  const id = sessionStorage.getItem(tabKey) ?? Array.from(crypto.getRandomValues(new Uint32Array(4))).join('-')
  sessionStorage.setItem(tabKey, id)
  return id
}

/**
 * Says whether another tab has a form open, and tells the others that this one has until `left`. Browsers without Web
 * Locks know of no other tab.
 */
export async function openForm(key: string, left: AbortSignal): Promise<{ elsewhere: boolean }> {
  if (!('locks' in navigator)) return { elsewhere: false }
  const prefix = `hadir.form.${key}#`
  const own = prefix + thisTab()
  const { held = [] } = await navigator.locks.query()
  void navigator.locks.request(
    own,
    { mode: 'shared' },
    () => new Promise<void>((release) => (left.aborted ? release() : left.addEventListener('abort', () => release()))),
  )
  return { elsewhere: held.some(({ name }) => name?.startsWith(prefix) && name !== own) }
}
