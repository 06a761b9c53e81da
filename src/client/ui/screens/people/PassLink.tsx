import type { EventRecord } from '../../../../core/event.ts'
import type { PassRecord } from '../../../../core/pass.ts'
import { needsAddress } from '../../../device/venueAddress.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { Notice } from '../../parts/Notice.tsx'
import { ShareLink } from '../../parts/ShareLink.tsx'
import { useWords } from '../../words.ts'
import { gateUrl } from '../gate/gateLink.ts'

/** A person's own link into the event, to be sent: it lets in whoever opens it, and finds him by his pass. */
export function PassLink(props: { space: OpenSpace; event: EventRecord; pass: PassRecord; name: string }) {
  const t = useWords('passes')
  const { space, event, pass, name } = props
  const gate = space.gate.value
  if (!gate)
    return (
      <>
        <p class="soft">{t('linkNeedsGate')}</p>
        <a class="button" href={`/kegiatan/${space.id}/gerbang`}>
          {t('toGate')}
        </a>
      </>
    )
  const url = gateUrl(gate.code, pass.id)
  const text = t('linkText', { name, title: event.title })
  return (
    <>
      <h4>{t('link')}</h4>
      <p class="soft">{t('linkHint', { name })}</p>
      {needsAddress() && (
        <Notice kind="warn">
          <p>{t('linkNeedsAddress')}</p>
          <a href={`/kegiatan/${space.id}/gerbang`}>{t('toGate')}</a>
        </Notice>
      )}
      <ShareLink title={event.title} text={text} url={url} />
    </>
  )
}
