/** IndexedDB with nothing around it: one store, one strict transaction for the values that are put together. */
export async function openRawStore(): Promise<{
  put: (...values: unknown[]) => Promise<void>
  get: (key: IDBValidKey) => Promise<unknown>
  getAll: (range: IDBKeyRange) => Promise<unknown[]>
}> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('raw')
    opening.onupgradeneeded = () => opening.result.createObjectStore('rows', { keyPath: ['space', 'dev', 'n'] })
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
  const read = <T>(reading: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      reading.onsuccess = () => resolve(reading.result)
      reading.onerror = () => reject(reading.error)
    })
  return {
    put: (...values) =>
      new Promise((resolve, reject) => {
        const transaction = db.transaction('rows', 'readwrite', { durability: 'strict' })
        for (const value of values) transaction.objectStore('rows').put(value)
        transaction.oncomplete = () => resolve()
        transaction.onerror = () => reject(transaction.error)
      }),
    get: (key) => read(db.transaction('rows').objectStore('rows').get(key)),
    getAll: (range) => read(db.transaction('rows').objectStore('rows').getAll(range)),
  }
}
