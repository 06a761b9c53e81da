import type { Step } from './script.ts'

/** Simpler forms of one step, the simplest first. */
function simpler(step: Step): Step[] {
  const forms: Step[] = []
  if (step.faults.length > 0) forms.push({ ...step, faults: [] }, { ...step, faults: step.faults.slice(0, -1) })
  if (step.dieIn > 0) forms.push({ ...step, dieIn: 0 })
  if (step.early) forms.push({ ...step, early: false })
  if (step.closeIn > 0) forms.push({ ...step, closeIn: 0 })
  if (step.full > 0) forms.push({ ...step, full: 0 })
  if (step.wait > 0) forms.push({ ...step, wait: 0 })
  if (step.tab > 0) forms.push({ ...step, tab: 0 })
  return forms
}

/**
 * The shortest script found that still fails: runs of steps are taken away, long ones first, then what is left is made
 * simpler. `stillFails` is asked at most `tries` times.
 */
export async function shrink(script: Step[], stillFails: (script: Step[]) => Promise<boolean>, tries: number) {
  let shortest = script
  let left = tries
  async function attempt(candidate: Step[]): Promise<boolean> {
    if (left-- <= 0 || !(await stillFails(candidate))) return false
    shortest = candidate
    return true
  }
  for (let size = shortest.length >> 1; size >= 1; size >>= 1) {
    for (let from = 0; from < shortest.length; ) {
      const taken = await attempt([...shortest.slice(0, from), ...shortest.slice(from + size)])
      if (!taken) from += size
    }
  }
  for (let place = 0; place < shortest.length; place++) {
    for (;;) {
      const step = shortest[place]
      const forms = step ? simpler(step) : []
      let better = false
      for (const form of forms) better ||= await attempt(shortest.map((held, i) => (i === place ? form : held)))
      if (!better) break
    }
  }
  return shortest
}
