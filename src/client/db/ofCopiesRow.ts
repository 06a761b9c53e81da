/** Everything was forgotten here once by a person's word; a database that the browser begins anew does not have it. */
export type LeftRow = { key: 'left' }

/** Copies (copies.ts) that the start which made this device's key could not read; no names: all that there are. */
export type UnreadCopiesRow = { key: 'unreadCopies'; names?: string[] }

/** What a database says of the copies that lie beside it. */
export type OfCopiesRow = LeftRow | UnreadCopiesRow
