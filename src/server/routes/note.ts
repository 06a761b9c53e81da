import type { AuditEntry, AuditKind } from '../../core/audit.ts'
import { type Device, everySpace } from '../store/store.ts'
import type { Deps } from './deps.ts'

type Noted = { account?: string | null | undefined; device?: Device | undefined } & Partial<
  Pick<AuditEntry, 'space' | 'about' | 'detail'>
>

/** Notes in the server's own history what somebody did here. */
export async function note({ store, now }: Deps, kind: AuditKind, noted: Noted): Promise<void> {
  const { account = null, device, space = everySpace, about = null, detail = {} } = noted
  await store.audit.note({ at: now(), kind, space, account, dev: device?.dev ?? null, about, reason: '', detail })
}

/** Notes on which devices somebody's sign-in ended, each with a line of its own: a device has its history too. */
export async function noteSignOuts(deps: Deps, devs: string[], by: Pick<Noted, 'account' | 'device'>): Promise<void> {
  await Promise.all(devs.map((dev) => note(deps, 'sessionEnded', { ...by, about: `device:${dev}` })))
}
