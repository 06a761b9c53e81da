import { isId } from '../../../../core/ids.ts'
import { nipDigits } from '../../../../core/nip.ts'
import { normalisePhone } from '../../../../core/phone.ts'
import { keepRescued, readRescued } from '../../../state/rescued.ts'
import type { AppParts } from '../../app.ts'
import type { DraftKeeper } from '../../useDraft.ts'
import type { FormParts } from './formContext.ts'

/** An id is a personal link's pass; digits are a telephone number when they read as one, else a NIP. */
function soughtBy(typed: string) {
  if (isId(typed)) return { by: 'pass', pass: typed } as const
  return normalisePhone(typed)
    ? ({ by: 'phone', phone: typed } as const)
    : ({ by: 'nip', nip: nipDigits(typed) } as const)
}

/** The parts of a form for an app that is there, or comes: what needs it waits. */
export function createFormParts(ready: Promise<AppParts>, drafts: DraftKeeper): FormParts {
  return {
    drafts,
    whenOpen: async (id) => {
      const open = await (await ready).spaces.open(id)
      if (!open) throw new Error('The event is not on this device')
      return open
    },
    find: async (space, typed) => {
      const { attendees } = await ready
      const answer = await attendees.find(space, soughtBy(typed))
      if (!answer.ok) return { kind: 'failed', failure: answer.failure }
      const found = answer.value
      return found ? { kind: 'found', found: { ...found, id: found.person } } : { kind: 'nobody' }
    },
  }
}

/**
 * On a very first visit there is no database yet: what is typed stays in the browser's synchronous storage until the app
 * has written it, and is read from there when the page is loaded again before that.
 */
export function createLateDrafts(ready: Promise<AppParts>, storage: Storage): DraftKeeper {
  let drafts: DraftKeeper | undefined
  ready.then(
    (app) => {
      drafts = app.drafts
    },
    () => undefined,
  )
  return {
    read: async (key) => (drafts ? drafts.read(key) : readRescued(storage, key)),
    write: async (key, value) => {
      if (!drafts) keepRescued(storage, key, value)
      await (await ready).drafts.write(key, value)
    },
    rescue: (key, value) => (drafts ? drafts.rescue(key, value) : keepRescued(storage, key, value)),
    drop: async (key) => (await ready).drafts.drop(key),
  }
}
