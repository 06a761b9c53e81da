/**
 * The protocol's version; ops carry their own (core/op.ts). A test pins a hash of the schemas in this folder to it:
 * when it fails, raise the version if old clients would misread the new form, add a line here, and decide whether they
 * are still served.
 *
 * 1  2026-11  push, pull, recover, enrol, session, setup, sign-in, invites, rescue files, gate, view, find
 *             then: a push may hold its author's certificate, which older servers pass over; refusals shareUsed and
 *             unknownAuthor, which older clients read by their status
 * 1  2026-11  team and its subjects, rights, devices, attendees' devices, quarantine, audit, ended spaces and unsent
 *             counts in the session: fields that old clients leave out and do not read
 *             then: revoked devices in the team, the last device in the question for attendees' devices, both optional
 * 1  2026-11  when pulled ops were received: a field of a page that old clients pass over and old servers leave out
 *             then: a push holds up to 2,000 ops; an older server refuses what is above 500 and takes the first 500 of
 *             every round
 *             then: that the server's history is taken out, a call that an older server does not know
 *             then: where phones of its network reach the server, and that its database is damaged, in its health:
 *             both optional
 *             then: a push says what its device has not sent beyond it, which older servers pass over
 */
export const protocolVersion = 1

/**
 * The header in which every call names the version that its client speaks. Without it: 1, whose first clients had none.
 */
export const versionHeader = 'Hadir-Version'

/**
 * The oldest version whose clients are told what is in a log. An older one would misread it; it may still enrol and
 * send, so that what it holds is kept while its app is updated ([S9]).
 */
export const oldestReader = 1
