import type { EventRecord } from '../../../../core/event.ts'
import type { Material } from '../../../../core/material.ts'
import { isOnServer, readOrigin } from '../../../device/venueAddress.ts'
import { findMaterial, mayEditMaterials } from '../../../state/materials.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { InEvent } from '../../parts/InEvent.tsx'
import { useMaterialWords } from '../../parts/materials/materialWords.ts'
import { Notice } from '../../parts/Notice.tsx'
import { QrCode } from '../../parts/QrCode.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { ShareLink } from '../../parts/ShareLink.tsx'
import type { ScreenProps } from '../../routes.ts'
import { useWords } from '../../words.ts'
import { materialUrl, spoken } from '../gate/gateLink.ts'
import { useVenueAddress, VenueAddress } from '../gate/VenueAddress.tsx'
import { materialPath } from './materialPath.ts'

/** One material for the phones around: a code and a link, by which whoever has none of the event yet comes in first. */
export function HandOver({ space: id, material: materialId }: ScreenProps) {
  const t = useWords('handOver')
  return (
    <InEvent id={id}>
      {(space, event) => {
        const material = findMaterial(space, materialId)
        return (
          <Screen title={t('title')} above={material?.title ?? event.title} back={materialPath(space.id, material?.id)}>
            {material ? <Ways {...{ space, event, material }} /> : <p>{t('notFound')}</p>}
          </Screen>
        )
      }}
    </InEvent>
  )
}

type Props = { space: OpenSpace; event: EventRecord; material: Material }

/** The way in, or what has to be done before there is one. */
function Ways({ space, event, material }: Props) {
  const t = useWords('handOver')
  const gate = space.gate.value
  if (material.audience === 'team')
    return (
      <>
        <Notice kind="info">{t('teamOnly')}</Notice>
        {mayEditMaterials(space) && (
          <a class="button" href={materialPath(space.id, material.id, 'ubah')}>
            {t('edit')}
          </a>
        )}
      </>
    )
  if (!gate)
    return (
      <>
        <Notice kind="info">{t('needsGate')}</Notice>
        <a class="button primary" href={`/kegiatan/${space.id}/gerbang`}>
          {t('toGate')}
        </a>
      </>
    )
  return <Door {...{ event, material }} code={gate.code} />
}

function Door({ event, material, code }: Omit<Props, 'space'> & { code: string }) {
  const t = useWords('handOver')
  const { later } = useMaterialWords()
  const asked = useVenueAddress()
  const origin = isOnServer() ? readOrigin(asked.typed) : location.origin
  const url = origin && materialUrl(code, material.id, origin)
  const isUnsent = material.form === 'file' && material.uploaded !== material.file
  return (
    <>
      {isUnsent && <Notice kind="warn">{t('notSent')}</Notice>}
      {material.from !== 'now' && <Notice kind="info">{t('waits', { when: later(material) })}</Notice>}
      <VenueAddress {...asked} />
      {url && (
        <>
          <p>{t('scan')}</p>
          <div class="invite-code">
            <QrCode text={url} label={t('qr', { title: material.title })} ecc="L" />
            <p class="soft">
              {t('typed', { address: `${new URL(url).host}/m`, code: spoken(code).replace(' ', '\u00a0') })}
            </p>
            <ShareLink
              title={material.title}
              text={t('text', { title: material.title, event: event.title })}
              url={url}
            />
          </div>
          <p class="soft">{t('joins')}</p>
        </>
      )}
    </>
  )
}
