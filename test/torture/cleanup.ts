/** Something that has to be ended whatever happens: a server, a browser, a mount. */
export type AtEnd = (end: () => unknown) => void

/** Runs `work` and then, also after a failure, ends what it has registered, last first. */
export async function withCleanup<T>(work: (atEnd: AtEnd) => Promise<T>): Promise<T> {
  const ends: (() => unknown)[] = []
  try {
    return await work((end) => ends.push(end))
  } finally {
    for (const end of ends.reverse()) await end()
  }
}
