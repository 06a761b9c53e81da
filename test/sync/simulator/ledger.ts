import type { SpaceRole } from '../../../src/core/access.ts'
import { may } from '../../../src/core/access.ts'
import { decodeBody } from '../../../src/core/op.ts'
import type { Heard } from './network.ts'

export type Grants = Map<string, Map<string, SpaceRole>>

export const copyGrants = (grants: Grants): Grants =>
  new Map([...grants].map(([device, roles]) => [device, new Map(roles)]))

/**
 * What people were told and may rely on, noted while it happens and apart from the code under test: the checks hold
 * the end against it. Ops are named by their body's salt, which no new name of an op changes.
 */
export function createLedger(grants: Grants) {
  return {
    /** "Tersimpan" was said: by salt, on which device and in which space. */
    saved: new Map<string, { device: string; space: string }>(),
    /** "Terkirim" was said. */
    acknowledged: new Map<string, string>(),
    /** What the author of an undo had on the screen, by the undo's salt. */
    seenByUndo: new Map<string, Set<string>>(),
    /** Destroyed with the last disk that held it: nobody can bring it back. */
    excused: new Set<string>(),
    /** Devices whose disk was put back to an earlier state: a fork of their key is expected. */
    rolledBack: new Set<string>(),
    /** device → space → role, as the server was told. */
    grants,
    /** The same, with grants that were revoked: the server takes in what they wrote, if only to park it. */
    known: copyGrants(grants),
    /** Ops that were moved since it was last set to 0. */
    moved: 0,
    violations: [] as string[],
    /** How often each answer was heard: a run that never met a fork proves nothing about forks. */
    heard: new Map<string, number>(),
  }
}
export type Ledger = ReturnType<typeof createLedger>

export const saltOf = (body: string): string => decodeBody(body)?.salt ?? body

type Wire = { kind?: string; state?: string; ops?: unknown[][]; results?: { state: string; n: number }[] }
const isWire = (value: unknown): value is Wire => typeof value === 'object' && value !== null

/** Notes what an answer promised, and whether it showed anything to whom it must not. */
export function hear(ledger: Ledger, device: string, { path, request, status, body, arrived }: Heard): void {
  const [, space = '', call = ''] = /^\/api\/v1\/spaces\/([^/]+)\/(\w+)/.exec(path) ?? []
  const count = (what: string) => ledger.heard.set(what, (ledger.heard.get(what) ?? 0) + 1)
  count(`${call || path} ${isWire(body) ? (body.state ?? body.kind ?? '') : ''}`.trim())
  if (status !== 200 || !isWire(body)) return
  const role = ledger.grants.get(device)?.get(space)
  const sees = role !== undefined && may(role, 'pull')
  if (call === 'recover') ledger.moved++
  if (call === 'pull') {
    if (!sees) ledger.violations.push(`${device} was answered a pull of ${space} without a grant`)
    for (const op of body.ops ?? []) {
      const home = ledger.saved.get(saltOf(String(op[5])))
      if (home && home.space !== space) ledger.violations.push(`${device} got an op of ${home.space} in ${space}`)
      ledger.moved++
    }
  }
  if (call !== 'push' || !isWire(request)) return
  const bodyByN = new Map((request.ops ?? []).map((op) => [op[0], String(op[3])]))
  for (const { state, n } of body.results ?? []) {
    ledger.moved++
    count(state)
    const salt = saltOf(bodyByN.get(n) ?? '')
    if (state === 'committed' && arrived) ledger.acknowledged.set(salt, space)
    if (state === 'forked' && !ledger.rolledBack.has(device))
      ledger.violations.push(`${device} was told of a fork, though its disk was never put back`)
  }
}
