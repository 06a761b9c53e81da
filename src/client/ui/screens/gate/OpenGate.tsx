import { may } from '../../../../core/access.ts'
import type { EventRecord } from '../../../../core/event.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { QrCode } from '../../parts/QrCode.tsx'
import { ShareLink } from '../../parts/ShareLink.tsx'
import { useSessionWords } from '../../parts/sessionWords.ts'
import { eventPath, useSession } from '../../useSession.ts'
import { useWords } from '../../words.ts'
import { gateAddress, gateUrl, spoken } from './gateLink.ts'
import { PosterButton } from './PosterButton.tsx'
import { useVenueAddress, VenueAddress } from './VenueAddress.tsx'

/** The code to show, to read out, to send and to hang up. */
export function OpenGate({ space, event, code }: { space: OpenSpace; event: EventRecord; code: string }) {
  const t = useWords('gate')
  const session = useSession(space)
  const { full } = useSessionWords(space)
  const asked = useVenueAddress()
  const url = gateUrl(code)
  const text = t('shareText', { title: event.title, when: session ? full(session) : '' })
  return (
    <>
      <VenueAddress {...asked} />
      <div class="invite-code">
        <p class="code" tabIndex={-1}>
          {spoken(code)}
        </p>
        <p class="soft">{t('typeAt', { address: gateAddress() })}</p>
        <QrCode text={url} label={t('qr')} />
        <ShareLink title={event.title} text={text} url={url}>
          <a
            class="button"
            href={`https://wa.me/?text=${encodeURIComponent(`${text} ${url}`)}`}
            target="_blank"
            rel="noopener noreferrer"
          >
            {t('whatsApp')}
          </a>
        </ShareLink>
      </div>
      <ul class="tiles">
        <li>
          <a class="button" href={eventPath(space.id, 'layar', { sesi: session?.id })}>
            {t('wall')}
          </a>
        </li>
        {may(space.role.value, 'checkIn') && (
          <li>
            <a class="button" href={eventPath(space.id, 'kios', { sesi: session?.id })}>
              {t('kiosk')}
            </a>
          </li>
        )}
      </ul>
      <PosterButton key={url} space={space} event={event} code={code} />
    </>
  )
}
