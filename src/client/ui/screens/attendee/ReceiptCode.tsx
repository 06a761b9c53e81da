import { useEffect, useState } from 'preact/hooks'
import { partMissing } from '../../../device/partMissing.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useApp } from '../../app.ts'
import { QrCode } from '../../parts/QrCode.tsx'
import { useWords } from '../../words.ts'

type Codes = { count: number; code: (index: number) => string }
/** Long enough for a slow camera to read one of a sequence. */
const frameMs = 250

/** What a facilitator's phone scans to carry the attendance when neither phone has a network. */
export function ReceiptCode(props: { space: OpenSpace; isWaiting: boolean; version: string }) {
  const t = useWords('attendee')
  const { receipts } = useApp()
  /** Its place is kept while it is made, so that nothing below moves away from a finger. */
  const [codes, setCodes] = useState<Codes | 'making' | undefined>('making')
  const [frame, setFrame] = useState(0)
  const space = props.space.id
  useEffect(() => {
    let gone = false
    receipts.make(space).then(
      (made) => !gone && setCodes(made.ok ? made.value : undefined),
      (error: unknown) => {
        if (!gone) setCodes(undefined)
        if (!(error instanceof Error && partMissing.has(error))) throw error
      },
    )
    return () => {
      gone = true
    }
  }, [space, props.version, receipts])
  useEffect(() => {
    if (!codes || codes === 'making' || codes.count < 2) return
    const timer = setInterval(() => setFrame((now) => now + 1), frameMs)
    return () => clearInterval(timer)
  }, [codes])
  if (!codes) return null
  const picture = (
    <div class="attendee-qr">
      {/* Counts on after the first round: later frames make up for any that were missed. */}
      {codes !== 'making' && <QrCode text={codes.code(codes.count > 1 ? frame : 0)} label={t('qr.label')} ecc="L" />}
    </div>
  )
  if (!props.isWaiting)
    return (
      <details class="fold">
        <summary>{t('qr.title')}</summary>
        {picture}
      </details>
    )
  return (
    <section class="stack">
      <h2>{t('qr.title')}</h2>
      <p>{t('qr.hint')}</p>
      {picture}
    </section>
  )
}
