import { useMemo } from 'preact/hooks'
import { type Code, readCode } from '../../../../core/code.ts'
import type { EventRecord, SessionRecord } from '../../../../core/event.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useApp } from '../../app.ts'
import type { ScanHandler, ScanResult } from '../../parts/scanner/scanResult.ts'
import { useWords } from '../../words.ts'
import { scanPass } from './scanPass.ts'
import { scanReceipt } from './scanReceipt.ts'

/** `lateReason`: why those come late who are scanned from now on, once the list was closed. */
export type ScanPlace = { space: OpenSpace; event: EventRecord; session: SessionRecord; lateReason: string }

/** What the facilitator's scanner does with each kind of code at a session. */
export function useScanHandler({ space, event, session, lateReason }: ScanPlace): ScanHandler {
  const t = useWords('scan')
  const { passes, receipts, health } = useApp()
  return useMemo<ScanHandler>(() => {
    const refuse = (why: string): ScanResult => ({ tone: 'bad', title: t(`${why}.title`), lines: [t(`${why}.hint`)] })

    async function handle(code: Code): Promise<ScanResult> {
      switch (code.kind) {
        case 'pass':
          return scanPass({ space, event, session, lateReason }, code.text, passes, t, health)
        case 'receipt':
          return scanReceipt({ space, event, session, lateReason }, code.text, receipts, t)
        case 'gate':
        case 'invite':
          return refuse(code.kind)
        case 'letters':
          return refuse(space.gate.value?.code === code.code ? 'gate' : 'unknown')
        case 'unknown':
          return refuse('unknown')
      }
    }
    return (text) => handle(readCode(text, location.origin))
  }, [space, event, session, lateReason, passes, receipts, health, t])
}
