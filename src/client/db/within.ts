/** What `work` finds, unless that takes longer than `ms`: it rejects then. */
export function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The storage does not answer')), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
