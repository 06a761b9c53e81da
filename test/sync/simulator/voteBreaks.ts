import type { Break } from './world.ts'

/** How answers to an anonymous form get lost, or a name (breaks.ts). */
export const voteBreaks = {
  /** What hides an answer is made anew for each call: the ticket of one whose answer was lost is never given again. */
  'blinding-not-kept': (): Break => ({
    onWrite: ({ table, values = [] }) => (table === 'tickets' && values.some(isBlindedAnew) ? 'drop' : undefined),
  }),
  /** The form is sent as it was filled in, with the name of who did. */
  'ballot-with-its-person': (): Break => {
    const people = new Map<string, string>()
    return {
      wrapLink: (link, db) => ({
        ...link,
        ticket: async (space, form, request) => {
          const held = (await db.tickets.get([space, form, request.person]))?.held
          people.set(JSON.stringify(held?.answers), request.person)
          return link.ticket(space, form, request)
        },
        ballot: (request) => {
          const siapa = people.get(JSON.stringify(request.answers)) ?? ''
          return link.ballot({ ...request, answers: { ...request.answers, siapa } })
        },
      }),
    }
  },
} satisfies Record<string, () => Break>

const isBlindedAnew = (row: unknown) =>
  Reflect.get(Object(row), 'state') === 'waiting' && Reflect.get(Object(row), 'blinding') !== undefined
