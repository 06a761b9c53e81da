import { useLocation } from 'preact-iso'
import type { SessionRecord } from '../../core/event.ts'
import type { OpenSpace } from '../state/openSpace.ts'
import { sessionOfMoment } from '../state/sessions.ts'

/** The session that a screen is about: the address's `?sesi=`, else the one of the moment. */
export function useSession(space: OpenSpace): SessionRecord | undefined {
  return sessionOfMoment(space, useLocation().query.sesi)
}

/** An address of an event with its query, without what is empty: `eventPath(id, 'hadir', { sesi })`. */
export function eventPath(space: string, page: string, query: Record<string, string | undefined> = {}): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]))
  const search = new URLSearchParams(given).toString()
  return [`/kegiatan/${space}`, page && `/${page}`, search && `?${search}`].join('')
}
