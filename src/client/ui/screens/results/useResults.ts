import { effect } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { findForm } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { runInSlices } from '../../../state/slices.ts'
import { type WorkedOut, workOut } from './workOut.ts'

/**
 * A form's results, worked out while the page answers; `undefined` until the first time, when what the answers say
 * comes before all that follows from it. What comes meanwhile is for the next time, so that they appear also while
 * answers pour in.
 */
export function useResults(space: OpenSpace, id: string): WorkedOut | undefined {
  const [results, setResults] = useState<WorkedOut | undefined>(undefined)
  useEffect(() => {
    const changed = space.view(() => ({}))
    let [isRunning, isStale] = [false, false]
    let stop = () => {}
    function start(): void {
      const form = findForm(space, id)
      isStale = isRunning
      if (isRunning || !form) return
      isRunning = true
      const onReport = (soFar: WorkedOut) => setResults((held) => held ?? soFar)
      stop = runInSlices(workOut(space, form, onReport), (worked) => {
        isRunning = false
        setResults(worked)
        if (isStale) start()
      })
    }
    const unfollow = effect(() => {
      changed.value
      space.attendance.value
      start()
    })
    return () => {
      unfollow()
      stop()
    }
  }, [space, id])
  return results
}
