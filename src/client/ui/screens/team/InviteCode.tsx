import { useEffect, useRef } from 'preact/hooks'
import { dayAt, formatTime, type Zone } from '../../../../core/time.ts'
import { guestOrigin } from '../../../device/venueAddress.ts'
import { dayWords } from '../../dates.ts'
import { QrCode } from '../../parts/QrCode.tsx'
import { ShareLink } from '../../parts/ShareLink.tsx'
import { useLanguage, useWords } from '../../words.ts'
import { useVenueAddress, VenueAddress } from '../gate/VenueAddress.tsx'

/** A code to dictate, to scan or to send; it serves one device. */
export function InviteCode(props: { code: string; expiresAt: number; title: string; zone: Zone }) {
  const { code, expiresAt, title, zone } = props
  const t = useWords('team')
  const language = useLanguage()
  const card = useRef<HTMLDivElement>(null)
  useEffect(() => card.current?.scrollIntoView({ block: 'nearest' }), [code])
  /** On the server's own machine, whose own name leads every other phone to itself, it is asked how they reach it. */
  const asked = useVenueAddress()
  const origin = guestOrigin()
  const url = `${origin}/gabung#${code}`
  return (
    <div ref={card} class="stack">
      <VenueAddress {...asked} />
      <div class="invite-code" role="status">
        <p>{t('codeFor', { title })}</p>
        <p class="code code-long">{code}</p>
        <p class="soft">{t('typeAt', { address: `${new URL(origin).host}/gabung` })}</p>
        <QrCode text={url} label={t('qr')} />
        <p>
          {t('expires', { day: dayWords(dayAt(expiresAt, zone), language), time: formatTime(expiresAt, zone) })}{' '}
          {t('onceOnly')}
        </p>
        <ShareLink title={t('shareTitle')} text={t('shareText', { title })} url={url} />
      </div>
    </div>
  )
}
