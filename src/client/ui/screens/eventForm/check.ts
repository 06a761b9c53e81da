import { isDay, isWallTime } from '../../../../core/time.ts'
import type { EventForm, SessionForm } from './form.ts'

/** What is wrong, as the name of its words in `eventForm.json`; by field, `day.KEY` for a session's. */
export type FormErrors = Map<string, string>

function checkSession({ key, title, day, start, end }: SessionForm, errors: FormErrors): void {
  if (!title.trim()) errors.set(`title.${key}`, 'required')
  if (!isDay(day)) errors.set(`day.${key}`, 'dayNeeded')
  if (!isWallTime(start)) errors.set(`start.${key}`, 'startNeeded')
  if (end && end <= start) errors.set(`end.${key}`, 'endBeforeStart')
}

/** Everything that keeps an event from being saved, top to bottom. */
export function checkForm(form: EventForm): FormErrors {
  const errors: FormErrors = new Map()
  if (!form.title.trim()) errors.set('title', 'required')
  if (!form.institution.trim()) errors.set('institution', 'required')
  if (form.mode !== 'daring' && !form.venue.trim()) errors.set('venue', 'required')
  if (!form.city.trim()) errors.set('city', 'required')
  const kept = form.sessions.filter(({ removed }) => !removed)
  if (kept.length === 0) errors.set('sessions', 'sessionNeeded')
  for (const session of kept) checkSession(session, errors)
  if (form.roles.length === 0) errors.set('roles', 'roleNeeded')
  return errors
}
