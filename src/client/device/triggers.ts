/** Calls back when the browser thinks that the server may be reachable again; iOS has none but these ([S12]). */
export function listenForTriggers(onTrigger: (why: 'online' | 'visible') => void): void {
  addEventListener('online', () => onTrigger('online'))
  addEventListener('pageshow', (event) => event.persisted && onTrigger('visible'))
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && onTrigger('visible'))
}
