import { fold } from '../../src/core/fold.ts'
import { ballotBox } from '../../src/core/form/ballot.ts'
import { readForms, readFormVersions } from '../../src/core/form/form.ts'
import { readResponses } from '../../src/core/form/response.ts'
import { type Change, encodeBody } from '../../src/core/op.ts'

/**
 * Forms of the space of these changes, each by its id; `boxed`: all of them came through the
 * ballot box of the form `f`.
 */
export function openForms(changes: Change[], boxed = false) {
  const op = (n: number, change: Change) => ({
    dev: boxed ? ballotBox('f') : 'd',
    n,
    at: n * 1000,
    wall: 0,
    body: encodeBody(`salt-${n}---`, [change]),
  })
  const space = fold(changes.map((change, i) => op(i + 1, change)))
  return (id: string) => {
    const form = readForms(space).get(id)
    if (!form) throw new Error('no such form')
    return { form, versions: readFormVersions(space), responses: readResponses(space, form) }
  }
}
