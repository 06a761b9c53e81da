/**
 * Calls back when the browser thinks that the server may be reachable again; iOS has none but these ([S12]). `signal`
 * ends it.
 */
export function listenForTriggers(onTrigger: (why: 'online' | 'visible') => void, signal?: AbortSignal): void {
  const options = signal ? { signal } : {}
  const onVisible = () => document.visibilityState === 'visible' && onTrigger('visible')
  addEventListener('online', () => onTrigger('online'), options)
  addEventListener('pageshow', (event) => event.persisted && onTrigger('visible'), options)
  document.addEventListener('visibilitychange', onVisible, options)
}
