import { afterEach } from 'vitest'
import { lookAtPhones } from '../support/phone.ts'

/** Says with a failed test what its phones showed: what happens once on another machine can only be read there. */
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  for (const seen of await lookAtPhones()) console.error(seen)
})
