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
