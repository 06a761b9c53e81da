/** A stream of server-sent events that is open, or being opened. `onEnd` is called once, unless we close it first. */
export type OpenStream = (url: string, onMessage: (data: string) => void, onEnd: () => void) => { close: () => void }

/**
 * EventSource without its own repetition: it knocks again after the same three seconds on every phone of a hall at
 * once, never again after an answer that is no stream, and does not tell a lost line from a slow one.
 */
export const openEventStream: OpenStream = (url, onMessage, onEnd) => {
  const source = new EventSource(url)
  source.onmessage = ({ data }: MessageEvent<string>) => onMessage(data)
  source.onerror = () => {
    source.close()
    onEnd()
  }
  return source
}

/** Whether somebody looks at this page and the browser believes in a network; a hidden page holds no line open. */
export function isPresent(): boolean {
  return document.visibilityState === 'visible' && navigator.onLine
}

/** Calls back whenever `isPresent` may have changed; `freeze` comes to hidden pages alone. */
export function watchPresence(onChange: () => void): void {
  document.addEventListener('visibilitychange', onChange)
  for (const event of ['online', 'offline', 'pageshow', 'pagehide']) addEventListener(event, onChange)
}
