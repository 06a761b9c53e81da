import type { Break } from './world.ts'

/** Bugs of the server that show or tell somebody what is not theirs (breaks.ts). */
export const leakyBreaks = {
  /** Whoever has a grant is answered as an organizer is. */
  'everybody-governs': (): Break => ({
    wrapStore: (store) => ({
      ...store,
      findGrants: async (subjects, space) =>
        (await store.findGrants(subjects, space)).map((grant) =>
          grant.role === 'attendee' ? grant : { ...grant, role: 'organizer' as const },
        ),
    }),
  }),
  /** A grant that was revoked still opens the log. */
  'revoked-still-reads': () => ({
    wrapStore: (store) => ({
      ...store,
      findGrants: async (subjects, space) =>
        (await store.findGrants(subjects, space)).map((grant) => ({ ...grant, revokedAt: null })),
    }),
  }),
  /** An attendee's view holds what all attendees wrote, in place of his own. */
  'view-leaks-people': (): Break => {
    const owners = new Set<string>()
    return {
      wrapStore: (store) => ({
        ...store,
        findGrants: async (subjects, space) => {
          const grants = await store.findGrants(subjects, space)
          for (const { owner } of grants) if (owner) owners.add(owner)
          return grants
        },
        listOwned: async (space) => (await Promise.all([...owners].map((one) => store.listOwned(space, one)))).flat(),
      }),
    }
  },
  /** The organizer of one event is shown what is parked in all of them. */
  'quarantine-of-all-spaces': (): Break => ({
    wrapStore: (store) => ({
      ...store,
      sumParked: async () => (await Promise.all((await store.listSpaces()).map(store.sumParked))).flat(),
    }),
  }),
  /** Parked ops are looked up by their device alone. */
  'parked-of-another-event': (): Break => ({
    wrapStore: (store) => ({
      ...store,
      listParked: async (_, ...of) =>
        (await Promise.all((await store.listSpaces()).map((space) => store.listParked(space, ...of)))).flat(),
    }),
  }),
  /** The history of an event is that of the whole server. */
  'audit-of-another-event': (): Break => ({
    wrapStore: (store) => ({
      ...store,
      audit: { ...store.audit, read: ({ space: _, ...query }) => store.audit.read(query) },
    }),
  }),
} satisfies Record<string, () => Break>
