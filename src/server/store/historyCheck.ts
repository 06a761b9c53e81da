import { type AuditRow, auditLink } from '../../core/audit.ts'
import { chainStart } from '../../core/op.ts'

/** An entry as it lies in the table, its details still JSON. */
type Row = Omit<AuditRow, 'detail'> & { detail: string }

/** What is no JSON any more was altered, and breaks the chain like anything else. */
function readDetail(text: string): AuditRow['detail'] {
  try {
    return JSON.parse(text)
  } catch {
    return { unreadable: text }
  }
}

/** Follows the chain of the server's history through its entries, which may come in any order. */
export function createHistoryCheck() {
  const early = new Map<number, Row>()
  let seq = 0
  let link: Uint8Array = chainStart
  return {
    add: (entry: Row): void => {
      early.set(entry.seq, entry)
      for (let next = early.get(seq + 1); next; next = early.get(seq + 1)) {
        seq++
        early.delete(seq)
        link = auditLink(link, seq, { ...next, detail: readDetail(next.detail) })
      }
    },
    /** Whether they end there: none was altered, taken out or put in. */
    endsAt: (end: { seq: number; chain: string }): boolean =>
      early.size === 0 && seq === end.seq && Buffer.from(link).toString('base64url') === end.chain,
  }
}
