import { isId } from '../../../../core/ids.ts'
import { nipDigits } from '../../../../core/nip.ts'
import { normalisePhone } from '../../../../core/phone.ts'
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

const nothingKept: DraftKeeper['read'] = async () => undefined

/** On a very first visit nothing is kept yet; what is typed is written once the app is there. */
export function createLateDrafts(ready: Promise<AppParts>): DraftKeeper {
  let drafts: DraftKeeper | undefined
  ready.then(
    (app) => {
      drafts = app.drafts
    },
    () => undefined,
  )
  return {
    read: (key) => (drafts ? drafts.read(key) : nothingKept(key)),
    write: async (key, value) => (await ready).drafts.write(key, value),
    rescue: (key, value) => drafts?.rescue(key, value),
    drop: async (key) => (await ready).drafts.drop(key),
  }
}
