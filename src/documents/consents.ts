import type { ConsentKind, Consents } from '../core/consent.ts'
import type { Person } from '../core/person.ts'
import { words } from './words.ts'

/** The kinds that get a column, and what was said of them; plain data that crosses to a worker. */
export type ConsentsInput = { kinds: ConsentKind[]; said: Consents }

/** The columns that a file for further work has after the signature; a certificate by mail also says where to. */
export function consentHeads(kinds: readonly ConsentKind[]): string[] {
  return kinds.flatMap((kind) => (kind === 'mail' ? [words.consents[kind], words.email] : [words.consents[kind]]))
}

/** One text for each of those columns. Nobody was asked to say no: an empty one is not agreed to. */
export function consentTexts({ id, email }: Person, { kinds, said }: ConsentsInput): string[] {
  return kinds.flatMap((kind) => {
    const given = said.get(id)?.get(kind)?.given
    const text = given === undefined ? '' : given ? words.agreed : words.withdrawn
    return kind === 'mail' ? [text, given ? email : ''] : [text]
  })
}
