/** IndexedDB with nothing around it: one store, one strict transaction for each put. */
export async function openRawStore(): Promise<{
  put: (value: unknown) => Promise<void>
  get: (key: IDBValidKey) => Promise<unknown>
}> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('raw')
    opening.onupgradeneeded = () => opening.result.createObjectStore('rows', { keyPath: ['space', 'dev', 'n'] })
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
  return {
    put: (value) =>
      new Promise((resolve, reject) => {
        const transaction = db.transaction('rows', 'readwrite', { durability: 'strict' })
        transaction.objectStore('rows').put(value)
        transaction.oncomplete = () => resolve()
        transaction.onerror = () => reject(transaction.error)
      }),
    get: (key) =>
      new Promise((resolve, reject) => {
        const reading = db.transaction('rows').objectStore('rows').get(key)
        reading.onsuccess = () => resolve(reading.result)
        reading.onerror = () => reject(reading.error)
      }),
  }
}
